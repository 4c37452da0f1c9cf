import { CHOICES } from './google-person.ts'

export const LANGUAGES = ['ru', 'kk', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const WORDS: Record<Language, Record<string, string>> = {
  ru: {
    title: 'Вход через Google (локальный)',
    about: 'Это местная замена Google. Выберите или введите адрес и имя. Пароль не нужен.',
    choose: 'Выберите аккаунт',
    other: 'Другой аккаунт',
    email: 'Электронная почта',
    name: 'Имя',
    submit: 'Войти',
    cancel: 'Отмена',
    invalid: 'Введите адрес вида name@example.com.',
    hints: 'Для проверки ошибок',
    unverified: 'адрес, который Google не подтвердил',
    error: 'Google отвечает ошибкой',
    slow: 'Google отвечает очень медленно',
    expired: 'Этот вход устарел. Вернитесь на сайт и начните снова.',
    idle: 'Местная замена Google работает. Откройте сайт и нажмите «Войти через Google».',
  },
  kk: {
    title: 'Google арқылы кіру (жергілікті)',
    about:
      'Бұл — Google-дың жергілікті орынбасары. Мекенжай мен атты таңдаңыз немесе енгізіңіз. Құпиясөз керек емес.',
    choose: 'Аккаунтты таңдаңыз',
    other: 'Басқа аккаунт',
    email: 'Электрондық пошта',
    name: 'Аты-жөні',
    submit: 'Кіру',
    cancel: 'Бас тарту',
    invalid: 'Мекенжайды name@example.com түрінде енгізіңіз.',
    hints: 'Қателерді тексеру үшін',
    unverified: 'Google растамаған мекенжай',
    error: 'Google қате қайтарады',
    slow: 'Google өте баяу жауап береді',
    expired: 'Бұл кірудің мерзімі өтті. Сайтқа оралып, қайта бастаңыз.',
    idle: 'Google-дың жергілікті орынбасары жұмыс істеп тұр. Сайтты ашып, «Google арқылы кіру» түймесін басыңыз.',
  },
  en: {
    title: 'Sign in with Google (local)',
    about:
      'This is the local stand-in for Google: choose or type an e-mail and a name. No password is needed.',
    choose: 'Choose an account',
    other: 'Another account',
    email: 'E-mail',
    name: 'Name',
    submit: 'Sign in',
    cancel: 'Cancel',
    invalid: 'Type an address like name@example.com.',
    hints: 'To try the errors',
    unverified: 'an address that Google has not verified',
    error: 'Google answers with an error',
    slow: 'Google answers very slowly',
    expired: 'This sign-in has expired. Go back to the site and start again.',
    idle: 'The local stand-in for Google is running. Open the site and press “Sign in with Google”.',
  },
}

export type SignInView = {
  language: Language
  action: string
  email: string
  name: string
  is_invalid: boolean
}

/** The page on which a person chooses or types who they are. Works without a mouse and without JavaScript. */
export function signInPage(view: SignInView): string {
  const w = wordsOf(view.language)
  const choices = CHOICES.map(
    (choice, index) => `<li><button name="choice" value="${index}">
      <strong>${escapeHtml(choice.name)}</strong><span>${escapeHtml(choice.email)}</span></button></li>`,
  ).join('')
  const complaint = view.is_invalid ? `<p id="complaint" role="alert">${w('invalid')}</p>` : ''
  const described = view.is_invalid ? ' aria-invalid="true" aria-describedby="complaint" autofocus' : ''
  return page(
    view.language,
    w('title'),
    `<nav>${languageLinks(view)}</nav>
    <h1>${w('title')}</h1><p>${w('about')}</p>
    <form method="post" action="${escapeHtml(view.action)}">
      <input type="hidden" name="language" value="${view.language}">
      <h2>${w('choose')}</h2><ul>${choices}</ul>
    </form>
    <form method="post" action="${escapeHtml(view.action)}">
      <input type="hidden" name="language" value="${view.language}">
      <h2>${w('other')}</h2>
      <label for="email">${w('email')}</label>
      <input id="email" name="email" inputmode="email" autocomplete="email" autocapitalize="none" spellcheck="false"
        value="${escapeHtml(view.email)}"${described}>
      ${complaint}
      <label for="name">${w('name')}</label>
      <input id="name" name="name" autocomplete="name" maxlength="100" value="${escapeHtml(view.name)}">
      <p class="row"><button class="main">${w('submit')}</button><button name="cancel" value="1">${w('cancel')}</button></p>
    </form>
    <details><summary>${w('hints')}</summary><dl>
      <dt>unverified@example.com</dt><dd>${w('unverified')}</dd>
      <dt>fail:server_error@example.com</dt><dd>${w('error')}</dd>
      <dt>fail:slow@example.com</dt><dd>${w('slow')}</dd>
    </dl></details>`,
  )
}

/** A page with one sentence: nothing to do here, or too late. */
export function messagePage(language: Language, message: 'expired' | 'idle', detail = ''): string {
  const w = wordsOf(language)
  const more = detail ? `<p><small>${escapeHtml(detail)}</small></p>` : ''
  return page(language, w('title'), `<h1>${w('title')}</h1><p>${w(message)}</p>${more}`)
}

/** The language asked for by the site, else the browser's, else Russian. */
export function chooseLanguage(...wishes: (string | undefined)[]): Language {
  const tags = wishes.flatMap((wish) => (wish ?? '').toLowerCase().split(/[\s,]+/))
  for (const tag of tags) {
    const found = LANGUAGES.find((language) => tag.startsWith(language))
    if (found) return found
  }
  return 'ru'
}

function wordsOf(language: Language): (key: string) => string {
  return (key) => escapeHtml(WORDS[language][key] ?? key)
}

function languageLinks(view: SignInView): string {
  const names = { ru: 'Русский', kk: 'Қазақша', en: 'English' }
  return LANGUAGES.map((language) => {
    const current = language === view.language ? ' aria-current="true"' : ''
    return `<a href="?language=${language}" lang="${language}" hreflang="${language}"${current}>${names[language]}</a>`
  }).join(' ')
}

function escapeHtml(text: string): string {
  const marks: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark)
}

function page(language: Language, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 26rem; margin: 0 auto; padding: 1rem }
  h1 { font-size: 1.4rem } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem }
  nav { display: flex; gap: 1rem } [aria-current] { font-weight: 700; text-decoration: none }
  ul { list-style: none; padding: 0; display: grid; gap: .5rem }
  button { font: inherit; min-height: 44px; padding: .5rem 1rem; border: 1px solid GrayText; border-radius: 8px; cursor: pointer }
  li button { width: 100%; text-align: left; display: grid }
  label { display: block; margin-top: .75rem }
  input { font: inherit; width: 100%; min-height: 44px; padding: .5rem; box-sizing: border-box }
  .main { background: #1a56c4; color: #fff; border-color: #1a56c4 } .row { display: flex; gap: .5rem }
  [role=alert] { color: #c5221f; margin: .25rem 0 0 } dt { font-family: monospace } summary { min-height: 44px; padding-top: 1rem }
  :focus-visible { outline: 3px solid #1a73e8; outline-offset: 2px }
</style></head><body><main>${body}</main></body></html>`
}
