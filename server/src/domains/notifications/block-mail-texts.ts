import type { Locale } from '#kernel/locale.ts'
import type { MailText } from './mail-texts.ts'

type Texts<Facts> = Record<Locale, (facts: Facts) => MailText>

export const accountBlocked: Texts<{ reason: string }> = {
  ru: ({ reason }) => ({
    subject: 'Ваш аккаунт заблокирован',
    paragraphs: [
      `Причина: ${reason}`,
      'Все сеансы завершены, войти сейчас нельзя. Если вы не согласны, ответьте на это письмо: его прочитает человек.',
    ],
  }),
  kk: ({ reason }) => ({
    subject: 'Аккаунтыңыз бұғатталды',
    paragraphs: [
      `Себебі: ${reason}`,
      'Барлық сеанс аяқталды, қазір кіру мүмкін емес. Келіспесеңіз, осы хатқа жауап жазыңыз: оны адам оқиды.',
    ],
  }),
  en: ({ reason }) => ({
    subject: 'Your account was blocked',
    paragraphs: [
      `Reason: ${reason}`,
      'All sessions were ended and you cannot sign in now. If you do not agree, answer this mail: a person will read it.',
    ],
  }),
}

export const accountUnblocked: Texts<{ link: string }> = {
  ru: ({ link }) => ({
    subject: 'Ваш аккаунт разблокирован',
    paragraphs: ['Теперь вы снова можете войти.'],
    action: { label: 'Войти', url: link },
  }),
  kk: ({ link }) => ({
    subject: 'Аккаунтыңыз бұғаттан шығарылды',
    paragraphs: ['Енді қайтадан кіре аласыз.'],
    action: { label: 'Кіру', url: link },
  }),
  en: ({ link }) => ({
    subject: 'Your account is no longer blocked',
    paragraphs: ['You can sign in again.'],
    action: { label: 'Sign in', url: link },
  }),
}

export const shopBlocked: Texts<{ reason: string; link: string }> = {
  ru: ({ reason, link }) => ({
    subject: 'Ваш магазин заблокирован',
    paragraphs: [
      ...(reason ? [`Причина: ${reason}`] : []),
      'Товары скрыты от покупателей. Вы можете входить и смотреть свои данные. Если вы не согласны, ответьте на это письмо: его прочитает человек.',
    ],
    action: { label: 'Открыть магазин', url: link },
  }),
  kk: ({ reason, link }) => ({
    subject: 'Дүкеніңіз бұғатталды',
    paragraphs: [
      ...(reason ? [`Себебі: ${reason}`] : []),
      'Тауарлар сатып алушылардан жасырылды. Сіз кіріп, деректеріңізді көре аласыз. Келіспесеңіз, осы хатқа жауап жазыңыз: оны адам оқиды.',
    ],
    action: { label: 'Дүкенді ашу', url: link },
  }),
  en: ({ reason, link }) => ({
    subject: 'Your shop was blocked',
    paragraphs: [
      ...(reason ? [`Reason: ${reason}`] : []),
      'Buyers no longer see your products. You can still sign in and look at your data. If you do not agree, answer this mail: a person will read it.',
    ],
    action: { label: 'Open the shop', url: link },
  }),
}
