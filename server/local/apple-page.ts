import { chooseLanguage, type Language } from './google-page.ts'

const WORDS: Record<Language, Record<string, string>> = {
  ru: {
    title: 'Вход через Apple (локальный)',
    about: 'Это местная замена Apple. Введите адрес и имя. Пароль не нужен.',
    email: 'Электронная почта',
    name: 'Имя',
    submit: 'Войти',
    cancel: 'Отмена',
    invalid: 'Введите адрес вида name@example.com.',
    proceed: 'Вернуться на сайт',
    expired: 'Этот вход устарел. Вернитесь на сайт и начните снова.',
  },
  kk: {
    title: 'Apple арқылы кіру (жергілікті)',
    about: 'Бұл — Apple-дің жергілікті орынбасары. Мекенжай мен атты енгізіңіз. Құпиясөз керек емес.',
    email: 'Электрондық пошта',
    name: 'Аты-жөні',
    submit: 'Кіру',
    cancel: 'Бас тарту',
    invalid: 'Мекенжайды name@example.com түрінде енгізіңіз.',
    proceed: 'Сайтқа оралу',
    expired: 'Бұл кірудің мерзімі өтті. Сайтқа оралып, қайта бастаңыз.',
  },
  en: {
    title: 'Sign in with Apple (local)',
    about: 'This is the local stand-in for Apple: type an e-mail and a name. No password is needed.',
    email: 'E-mail',
    name: 'Name',
    submit: 'Sign in',
    cancel: 'Cancel',
    invalid: 'Type an address like name@example.com.',
    proceed: 'Back to the site',
    expired: 'This sign-in has expired. Go back to the site and start again.',
  },
}

/** Asks who signs in. Works without JavaScript. */
export function askPage(locale: string | undefined, action: string, is_invalid: boolean): string {
  const [language, w] = words(locale)
  return page(
    language,
    w('title'),
    `<p>${w('about')}</p><form method="post" action="${escapeHtml(action)}">
      ${is_invalid ? `<p role="alert">${w('invalid')}</p>` : ''}
      <p><label>${w('email')}<br><input name="email" autocomplete="email" autocapitalize="none"></label></p>
      <p><label>${w('name')}<br><input name="name" autocomplete="name" maxlength="100"></label></p>
      <p><button>${w('submit')}</button> <button name="cancel" value="1">${w('cancel')}</button></p></form>`,
  )
}

/** `response_mode=form_post`: the browser carries the fields to the site (OAuth 2.0 Form Post Response Mode). */
export function formPostPage(
  locale: string | undefined,
  redirect_uri: string,
  fields: Record<string, string>,
): string {
  const [language, w] = words(locale)
  const inputs = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('')
  return page(
    language,
    w('title'),
    `<form method="post" action="${escapeHtml(redirect_uri)}">${inputs}<button autofocus>${w('proceed')}</button></form>
    <script>document.forms[0].submit()</script>`,
  )
}

export function expiredPage(locale: string | undefined, detail: string): string {
  const [language, w] = words(locale)
  return page(language, w('title'), `<p>${w('expired')}</p><p><small>${escapeHtml(detail)}</small></p>`)
}

function words(locale: string | undefined): [Language, (key: string) => string] {
  const language = chooseLanguage(locale)
  return [language, (key) => escapeHtml(WORDS[language][key] ?? key)]
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
}

function page(language: Language, title: string, body: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title>
<style>:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:26rem;margin:0 auto;padding:1rem}
input,button{font:inherit;min-height:44px;padding:.5rem}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`
}
