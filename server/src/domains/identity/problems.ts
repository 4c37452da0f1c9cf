import type { LocalizedText } from '#kernel/locale.ts'
import { Problem } from '#kernel/problem.ts'

const refuse = (status: number, code: string, title: string, detail: LocalizedText) => () =>
  new Problem({ status, code, title, detail })

const SIGN_IN_AGAIN: LocalizedText = {
  ru: 'Сеанс завершён, войдите снова',
  kk: 'Сеанс аяқталды, қайта кіріңіз',
  en: 'Your session has ended, please sign in again',
}
export const tokenExpired = refuse(401, 'token_expired', 'The token has expired', SIGN_IN_AGAIN)
export const tokenRevoked = refuse(401, 'token_revoked', 'The session has ended', SIGN_IN_AGAIN)
export const roleChanged = refuse(401, 'role_changed', 'The role has changed', {
  ru: 'Ваши права изменились, войдите снова',
  kk: 'Құқықтарыңыз өзгерді, қайта кіріңіз',
  en: 'Your rights have changed, please sign in again',
})
/** One wording for every reason (contract 2.1.2). */
export const invalidCredentials = refuse(401, 'invalid_credentials', 'Wrong e-mail or password', {
  ru: 'Неверная почта или пароль',
  kk: 'Пошта немесе құпиясөз қате',
  en: 'Wrong e-mail or password',
})
export const invalidCode = refuse(401, 'invalid_code', 'Wrong code', {
  ru: 'Код неверен или уже использован',
  kk: 'Код қате немесе бұрын қолданылған',
  en: 'The code is wrong or has been used',
})
export const invalidPasskey = refuse(401, 'invalid_passkey', 'The passkey proved nothing', {
  ru: 'Ключ доступа не подошёл. Попробуйте ещё раз',
  kk: 'Кіру кілті жарамады. Қайталап көріңіз',
  en: 'The passkey did not work. Please try again',
})
export const badPasskey = refuse(400, 'bad_request', 'The passkey cannot be registered', {
  ru: 'Не удалось добавить ключ доступа. Начните заново',
  kk: 'Кіру кілтін қосу мүмкін болмады. Қайтадан бастаңыз',
  en: 'The passkey could not be added. Please start again',
})
export const csrfFailed = refuse(403, 'csrf_failed', 'The request may come from another site', {
  ru: 'Запрос отклонён: обновите страницу и повторите',
  kk: 'Сұраныс қабылданбады: бетті жаңартып, қайталаңыз',
  en: 'The request was refused: reload the page and try again',
})
export const twoFactorRequired = refuse(401, 'two_factor_required', 'Second factor needed', {
  ru: 'Нужно подтверждение вторым фактором',
  kk: 'Екінші фактормен растау қажет',
  en: 'A second factor is needed',
})
export const reauthRequired = refuse(401, 'reauth_required', 'Recent sign-in needed', {
  ru: 'Подтвердите, что это вы: введите пароль или код ещё раз',
  kk: 'Бұл сіз екеніңізді растаңыз: құпиясөзді немесе кодты қайта енгізіңіз',
  en: 'Please confirm it is you: enter your password or code again',
})
const PROVIDER_NAMES = { google: 'Google', apple: 'Apple', telegram: 'Telegram' } as const
type ProviderName = keyof typeof PROVIDER_NAMES

export function providerCredentialsInvalid(provider: ProviderName): Problem {
  const name = PROVIDER_NAMES[provider]
  return new Problem({
    status: 401,
    code: 'provider_credentials_invalid',
    title: 'The provider refused',
    detail: {
      ru: `Не удалось войти через ${name}. Попробуйте ещё раз`,
      kk: `${name} арқылы кіру мүмкін болмады. Қайталап көріңіз`,
      en: `Signing in with ${name} did not work. Please try again`,
    },
  })
}

export function providerUnavailable(provider: ProviderName): Problem {
  const name = PROVIDER_NAMES[provider]
  return new Problem({
    status: 503,
    code: 'unavailable',
    title: 'The provider does not answer',
    detail: {
      ru: `${name} сейчас не отвечает, попробуйте позже`,
      kk: `${name} қазір жауап бермейді, кейінірек көріңіз`,
      en: `${name} does not answer right now, please try later`,
    },
    retry_after_s: 5,
  })
}

/** The installation has no keys for it; its button is hidden through `/config` (contract 4.15). */
export function providerNotConfigured(provider: ProviderName): Problem {
  const name = PROVIDER_NAMES[provider]
  return new Problem({
    status: 503,
    code: 'unavailable',
    title: 'The provider is not set up',
    detail: {
      ru: `Вход через ${name} здесь не настроен`,
      kk: `Мұнда ${name} арқылы кіру бапталмаған`,
      en: `Signing in with ${name} is not set up here`,
    },
  })
}
export function exactlyOneOf(...names: string[]): Problem {
  const list = names.join(', ')
  return new Problem({
    status: 400,
    code: 'bad_request',
    title: `Exactly one of ${list} is needed`,
    detail: {
      ru: `Нужно ровно одно из полей: ${list}`,
      kk: `Мына өрістердің тек біреуі қажет: ${list}`,
      en: `Exactly one of ${list} is needed`,
    },
  })
}
export const badMailToken = refuse(400, 'bad_request', 'The code or link is not valid', {
  ru: 'Ссылка или код недействительны. Запросите новые',
  kk: 'Сілтеме немесе код жарамсыз. Жаңасын сұраңыз',
  en: 'The link or code is not valid. Please ask for a new one',
})
const exists = (detail: LocalizedText) => refuse(409, 'already_exists', 'Already exists', detail)
export const identityClash = exists({
  ru: 'Этот адрес уже занят другим аккаунтом',
  kk: 'Бұл мекенжай басқа аккаунтта тіркелген',
  en: 'This address belongs to another account',
})
export const addressNeeded = refuse(409, 'invalid_state', 'The account has no address yet', {
  ru: 'Сначала укажите свой адрес электронной почты',
  kk: 'Алдымен электрондық пошта мекенжайыңызды көрсетіңіз',
  en: 'Please give your e-mail address first',
})
export const alreadyVerified = exists({
  ru: 'Адрес уже подтверждён',
  kk: 'Мекенжай расталған',
  en: 'The address is already confirmed',
})
export const twoFactorAlreadyOn = exists({
  ru: 'Второй фактор уже включён',
  kk: 'Екінші фактор қосулы',
  en: 'The second factor is already on',
})
export const passkeyKnown = exists({
  ru: 'Этот ключ доступа уже добавлен',
  kk: 'Бұл кіру кілті қосылған',
  en: 'This passkey has been added already',
})
export const twoFactorCompulsory = refuse(403, 'admin_only', 'Compulsory for admins', {
  ru: 'Администратору нельзя отключить второй фактор',
  kk: 'Әкімшіге екінші факторды өшіруге болмайды',
  en: 'Admins cannot switch the second factor off',
})
export const shopNotApproved = refuse(403, 'shop_not_approved', 'The shop is not approved', {
  ru: 'Магазин ещё не одобрен',
  kk: 'Дүкен әлі мақұлданбаған',
  en: 'The shop has not been approved yet',
})
export const shopBlocked = refuse(403, 'shop_blocked', 'The shop is blocked', {
  ru: 'Магазин заблокирован. Напишите в поддержку',
  kk: 'Дүкен бұғатталған. Қолдау қызметіне жазыңыз',
  en: 'The shop is blocked. Please contact support',
})

export function tooManyTries(retry_after_s: number): Problem {
  return new Problem({
    status: 429,
    code: 'rate_limited',
    title: 'Too many tries',
    detail: {
      ru: `Слишком много попыток. Повторите через ${retry_after_s} с`,
      kk: `Әрекет тым көп. ${retry_after_s} секундтан кейін қайталаңыз`,
      en: `Too many tries. Try again in ${retry_after_s} s`,
    },
    retry_after_s,
  })
}
