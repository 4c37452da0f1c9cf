import type { Locale } from '#kernel/locale.ts'
import type { MailText } from './mail-texts.ts'

type Texts<Facts> = Record<Locale, (facts: Facts) => MailText>

/** To the new address: whoever reads it there confirms it. */
export const emailChange: Texts<{ code: string; link: string }> = {
  ru: ({ code, link }) => ({
    subject: `${code} — код для нового адреса`,
    paragraphs: [
      'Введите этот код, чтобы входить с этим адресом. Он действует 30 минут.',
      'Если вы этого не просили, просто удалите это письмо.',
    ],
    code,
    action: { label: 'Подтвердить новый адрес', url: link },
  }),
  kk: ({ code, link }) => ({
    subject: `${code} — жаңа мекенжай коды`,
    paragraphs: [
      'Осы мекенжаймен кіру үшін кодты енгізіңіз. Ол 30 минут жарамды.',
      'Егер сіз мұны сұрамаған болсаңыз, бұл хатты жойып тастаңыз.',
    ],
    code,
    action: { label: 'Жаңа мекенжайды растау', url: link },
  }),
  en: ({ code, link }) => ({
    subject: `${code} is the code for your new address`,
    paragraphs: [
      'Enter this code to sign in with this address. It is valid for 30 minutes.',
      'If you did not ask for it, just delete this mail.',
    ],
    code,
    action: { label: 'Confirm the new address', url: link },
  }),
}

/** To both addresses. */
export const emailChanged: Texts<{ new_email: string; link: string }> = {
  ru: ({ new_email, link }) => ({
    subject: 'Адрес аккаунта изменён',
    paragraphs: [
      `Теперь для входа используется адрес ${new_email}. Остальные сеансы завершены.`,
      'Если это были не вы, сразу напишите в поддержку.',
    ],
    action: { label: 'Открыть сайт', url: link },
  }),
  kk: ({ new_email, link }) => ({
    subject: 'Аккаунт мекенжайы өзгертілді',
    paragraphs: [
      `Енді кіру үшін ${new_email} мекенжайы қолданылады. Басқа сеанстар аяқталды.`,
      'Егер бұл сіз болмасаңыз, бірден қолдау қызметіне жазыңыз.',
    ],
    action: { label: 'Сайтты ашу', url: link },
  }),
  en: ({ new_email, link }) => ({
    subject: 'The address of your account was changed',
    paragraphs: [
      `The address for signing in is now ${new_email}. The other sessions were ended.`,
      'If it was not you, contact support at once.',
    ],
    action: { label: 'Open the site', url: link },
  }),
}

const FACTOR_CHANGES: Record<string, Record<Locale, string>> = {
  passkey_added: {
    ru: 'Добавлен ключ доступа.',
    kk: 'Кіру кілті қосылды.',
    en: 'A passkey was added.',
  },
  passkey_removed: {
    ru: 'Ключ доступа удалён.',
    kk: 'Кіру кілті жойылды.',
    en: 'A passkey was removed.',
  },
  totp_added: {
    ru: 'Добавлено приложение с кодами.',
    kk: 'Код беретін қолданба қосылды.',
    en: 'An authenticator app was added.',
  },
  totp_removed: {
    ru: 'Приложение с кодами отключено.',
    kk: 'Код беретін қолданба өшірілді.',
    en: 'The authenticator app was removed.',
  },
  recovery_codes_renewed: {
    ru: 'Созданы новые запасные коды, старые больше не действуют.',
    kk: 'Жаңа қосалқы кодтар жасалды, ескілері енді жарамсыз.',
    en: 'New recovery codes were made; the older ones no longer work.',
  },
}

/** The second step stays on; what proves it has changed. */
export const factorsChanged: Texts<{ change: string }> = {
  ru: ({ change }) => ({
    subject: 'Изменён способ второго шага входа',
    paragraphs: [
      FACTOR_CHANGES[change]?.ru ?? 'Изменены настройки второго шага входа.',
      'Если это были не вы, смените пароль и напишите в поддержку.',
    ],
  }),
  kk: ({ change }) => ({
    subject: 'Кірудің екінші қадамы өзгертілді',
    paragraphs: [
      FACTOR_CHANGES[change]?.kk ?? 'Кірудің екінші қадамының баптаулары өзгертілді.',
      'Егер бұл сіз болмасаңыз, құпиясөзді ауыстырып, қолдау қызметіне жазыңыз.',
    ],
  }),
  en: ({ change }) => ({
    subject: 'Your second step of signing in has changed',
    paragraphs: [
      FACTOR_CHANGES[change]?.en ?? 'The settings of the second step have changed.',
      'If it was not you, change your password and contact support.',
    ],
  }),
}
