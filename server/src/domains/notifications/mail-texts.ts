import type { Locale } from '#kernel/locale.ts'
import { accountDeleted, exportReady, shopDeleted } from './account-mail-texts.ts'
import { accountBlocked, accountUnblocked, shopBlocked } from './block-mail-texts.ts'
import { emailChange, emailChanged, factorsChanged } from './security-mail-texts.ts'

export type MailText = {
  subject: string
  /** Paragraphs, plain text. */
  paragraphs: string[]
  action?: { label: string; url: string }
  /** Shown large, e.g. a confirmation code. */
  code?: string
}

type Texts<Facts> = Record<Locale, (facts: Facts) => MailText>

const verification: Texts<{ code: string; link: string }> = {
  ru: ({ code, link }) => ({
    subject: `${code} — код подтверждения`,
    paragraphs: [
      'Введите этот код, чтобы подтвердить адрес. Он действует 30 минут.',
      'Если вы не регистрировались, просто удалите это письмо.',
    ],
    code,
    action: { label: 'Подтвердить адрес', url: link },
  }),
  kk: ({ code, link }) => ({
    subject: `${code} — растау коды`,
    paragraphs: [
      'Мекенжайды растау үшін осы кодты енгізіңіз. Ол 30 минут жарамды.',
      'Егер сіз тіркелмеген болсаңыз, бұл хатты жойып тастаңыз.',
    ],
    code,
    action: { label: 'Мекенжайды растау', url: link },
  }),
  en: ({ code, link }) => ({
    subject: `${code} is your confirmation code`,
    paragraphs: [
      'Enter this code to confirm your address. It is valid for 30 minutes.',
      'If you did not sign up, just delete this mail.',
    ],
    code,
    action: { label: 'Confirm address', url: link },
  }),
}

const addressTaken: Texts<{ link: string }> = {
  ru: ({ link }) => ({
    subject: 'У вас уже есть аккаунт',
    paragraphs: [
      'Кто-то, возможно вы, пытался зарегистрироваться с этим адресом. Аккаунт с ним уже есть.',
      'Если это были вы, войдите или восстановите пароль.',
    ],
    action: { label: 'Войти', url: link },
  }),
  kk: ({ link }) => ({
    subject: 'Сізде аккаунт бар',
    paragraphs: [
      'Біреу, мүмкін өзіңіз, осы мекенжаймен тіркелмек болды. Онымен аккаунт бұрыннан бар.',
      'Егер бұл сіз болсаңыз, кіріңіз немесе құпиясөзді қалпына келтіріңіз.',
    ],
    action: { label: 'Кіру', url: link },
  }),
  en: ({ link }) => ({
    subject: 'You already have an account',
    paragraphs: [
      'Somebody, perhaps you, tried to sign up with this address. It already has an account.',
      'If it was you, sign in or reset your password.',
    ],
    action: { label: 'Sign in', url: link },
  }),
}

const passwordReset: Texts<{ link: string }> = {
  ru: ({ link }) => ({
    subject: 'Новый пароль',
    paragraphs: [
      'По этой ссылке можно задать новый пароль. Она действует 30 минут.',
      'Если вы этого не просили, ничего делать не нужно.',
    ],
    action: { label: 'Задать пароль', url: link },
  }),
  kk: ({ link }) => ({
    subject: 'Жаңа құпиясөз',
    paragraphs: [
      'Осы сілтеме арқылы жаңа құпиясөз қоюға болады. Ол 30 минут жарамды.',
      'Егер сіз сұрамаған болсаңыз, ештеңе істеудің қажеті жоқ.',
    ],
    action: { label: 'Құпиясөз қою', url: link },
  }),
  en: ({ link }) => ({
    subject: 'New password',
    paragraphs: [
      'This link lets you set a new password. It is valid for 30 minutes.',
      'If you did not ask for it, there is nothing to do.',
    ],
    action: { label: 'Set a password', url: link },
  }),
}

const passwordChanged: Texts<object> = {
  ru: () => ({
    subject: 'Пароль изменён',
    paragraphs: [
      'Пароль вашего аккаунта изменён, остальные сеансы завершены.',
      'Если это были не вы, сразу восстановите пароль.',
    ],
  }),
  kk: () => ({
    subject: 'Құпиясөз өзгертілді',
    paragraphs: [
      'Аккаунтыңыздың құпиясөзі өзгертілді, басқа сеанстар аяқталды.',
      'Егер бұл сіз болмасаңыз, құпиясөзді дереу қалпына келтіріңіз.',
    ],
  }),
  en: () => ({
    subject: 'Your password was changed',
    paragraphs: [
      'The password of your account was changed and the other sessions were ended.',
      'If this was not you, reset your password at once.',
    ],
  }),
}

const newDevice: Texts<{ user_agent: string }> = {
  ru: ({ user_agent }) => ({
    subject: 'Вход с нового устройства',
    paragraphs: [
      `В ваш аккаунт вошли с нового устройства: ${user_agent}.`,
      'Если это были не вы, смените пароль и завершите чужие сеансы.',
    ],
  }),
  kk: ({ user_agent }) => ({
    subject: 'Жаңа құрылғыдан кіру',
    paragraphs: [
      `Аккаунтыңызға жаңа құрылғыдан кірді: ${user_agent}.`,
      'Егер бұл сіз болмасаңыз, құпиясөзді өзгертіп, бөтен сеанстарды аяқтаңыз.',
    ],
  }),
  en: ({ user_agent }) => ({
    subject: 'Sign-in on a new device',
    paragraphs: [
      `Your account was signed in to on a new device: ${user_agent}.`,
      'If this was not you, change your password and end the other sessions.',
    ],
  }),
}

const twoFactorChanged: Texts<{ enabled: boolean }> = {
  ru: ({ enabled }) => ({
    subject: enabled ? 'Второй фактор включён' : 'Второй фактор выключен',
    paragraphs: ['Настройки входа вашего аккаунта изменены.', 'Если это были не вы, сразу смените пароль.'],
  }),
  kk: ({ enabled }) => ({
    subject: enabled ? 'Екінші фактор қосылды' : 'Екінші фактор өшірілді',
    paragraphs: [
      'Аккаунтыңыздың кіру баптаулары өзгертілді.',
      'Егер бұл сіз болмасаңыз, құпиясөзді дереу өзгертіңіз.',
    ],
  }),
  en: ({ enabled }) => ({
    subject: enabled ? 'Second factor switched on' : 'Second factor switched off',
    paragraphs: [
      'The sign-in settings of your account were changed.',
      'If this was not you, change your password at once.',
    ],
  }),
}

const productApproved: Texts<{ product_name: string; link: string }> = {
  ru: ({ product_name, link }) => ({
    subject: `Товар одобрен: ${product_name}`,
    paragraphs: [`«${product_name}» прошёл проверку и виден покупателям.`],
    action: { label: 'Посмотреть', url: link },
  }),
  kk: ({ product_name, link }) => ({
    subject: `Тауар мақұлданды: ${product_name}`,
    paragraphs: [`«${product_name}» тексеруден өтті, сатып алушылар көре алады.`],
    action: { label: 'Көру', url: link },
  }),
  en: ({ product_name, link }) => ({
    subject: `Product approved: ${product_name}`,
    paragraphs: [`“${product_name}” has passed the review and is visible to buyers.`],
    action: { label: 'View', url: link },
  }),
}

const productRejected: Texts<{ product_name: string; notes: string; link: string }> = {
  ru: ({ product_name, notes, link }) => ({
    subject: `Товар отклонён: ${product_name}`,
    paragraphs: [
      `«${product_name}» не прошёл проверку. Причина: ${notes}`,
      'Исправьте карточку и отправьте её снова.',
    ],
    action: { label: 'Исправить', url: link },
  }),
  kk: ({ product_name, notes, link }) => ({
    subject: `Тауар қабылданбады: ${product_name}`,
    paragraphs: [
      `«${product_name}» тексеруден өтпеді. Себебі: ${notes}`,
      'Карточканы түзетіп, қайта жіберіңіз.',
    ],
    action: { label: 'Түзету', url: link },
  }),
  en: ({ product_name, notes, link }) => ({
    subject: `Product rejected: ${product_name}`,
    paragraphs: [
      `“${product_name}” did not pass the review. Reason: ${notes}`,
      'Please correct the card and send it again.',
    ],
    action: { label: 'Correct', url: link },
  }),
}

const shopApproved: Texts<{ link: string }> = {
  ru: ({ link }) => ({
    subject: 'Магазин одобрен',
    paragraphs: ['Ваш магазин прошёл проверку: теперь можно добавлять товары.'],
    action: { label: 'Добавить товар', url: link },
  }),
  kk: ({ link }) => ({
    subject: 'Дүкен мақұлданды',
    paragraphs: ['Дүкеніңіз тексеруден өтті: енді тауар қосуға болады.'],
    action: { label: 'Тауар қосу', url: link },
  }),
  en: ({ link }) => ({
    subject: 'Your shop is approved',
    paragraphs: ['Your shop has passed the review: you can add products now.'],
    action: { label: 'Add a product', url: link },
  }),
}

const shopRejected: Texts<{ reason: string; link: string }> = {
  ru: ({ reason, link }) => ({
    subject: 'Магазин пока не одобрен',
    paragraphs: [`Причина: ${reason}`, 'Дополните профиль, и мы посмотрим его ещё раз.'],
    action: { label: 'Открыть профиль', url: link },
  }),
  kk: ({ reason, link }) => ({
    subject: 'Дүкен әзірге мақұлданбады',
    paragraphs: [`Себебі: ${reason}`, 'Профильді толықтырыңыз, біз оны қайта қараймыз.'],
    action: { label: 'Профильді ашу', url: link },
  }),
  en: ({ reason, link }) => ({
    subject: 'Your shop is not approved yet',
    paragraphs: [`Reason: ${reason}`, 'Please complete the profile and we will look at it again.'],
    action: { label: 'Open profile', url: link },
  }),
}

export const MAIL_TEXTS = {
  verification,
  address_taken: addressTaken,
  password_reset: passwordReset,
  password_changed: passwordChanged,
  new_device: newDevice,
  two_factor_changed: twoFactorChanged,
  email_change: emailChange,
  email_changed: emailChanged,
  factors_changed: factorsChanged,
  account_deleted: accountDeleted,
  shop_deleted: shopDeleted,
  export_ready: exportReady,
  account_blocked: accountBlocked,
  account_unblocked: accountUnblocked,
  shop_blocked: shopBlocked,
  product_approved: productApproved,
  product_rejected: productRejected,
  shop_approved: shopApproved,
  shop_rejected: shopRejected,
}

export type MailTemplate = keyof typeof MAIL_TEXTS
export type MailFacts<Template extends MailTemplate> = Parameters<(typeof MAIL_TEXTS)[Template]['ru']>[0]
