import type { Locale } from '#kernel/locale.ts'
import type { MailText } from './mail-texts.ts'

type Texts<Facts> = Record<Locale, (facts: Facts) => MailText>

export type AccountDeleted = {
  /** Of an admin; null when the person himself wanted it. */
  reason: string | null
  /** In words, with its currency; null when nothing was given up. */
  given_up: string | null
  keeps_shop: boolean
}

/** To the address that is forgotten next. */
export const accountDeleted: Texts<AccountDeleted> = {
  ru: ({ reason, given_up, keeps_shop }) => ({
    subject: 'Ваш аккаунт удалён',
    paragraphs: [
      'Имя, адрес, способы входа и фото профиля удалены. Гардероб, примерки и загруженные фотографии удаляются сейчас, из резервных копий — в течение 30 дней.',
      'Отзывы остаются без имени. Записи о платежах хранятся без личных данных, как требует закон.',
      ...(given_up ? [`Вы отказались от остатка на балансе: ${given_up}.`] : []),
      ...(keeps_shop ? ['Ваш магазин продолжает работать, вход в него не изменился.'] : []),
      ...(reason
        ? [`Причина, указанная администратором: ${reason}`]
        : ['Если это были не вы, сразу напишите в поддержку.']),
    ],
  }),
  kk: ({ reason, given_up, keeps_shop }) => ({
    subject: 'Аккаунтыңыз жойылды',
    paragraphs: [
      'Атыңыз, мекенжайыңыз, кіру тәсілдері және профиль суреті жойылды. Гардероб, киіп көру нәтижелері мен жүктелген суреттер қазір жойылып жатыр, сақтық көшірмелерден — 30 күн ішінде.',
      'Пікірлер атсыз қалады. Төлем жазбалары заң талабына сай жеке деректерсіз сақталады.',
      ...(given_up ? [`Теңгерімдегі қалдықтан бас тарттыңыз: ${given_up}.`] : []),
      ...(keeps_shop ? ['Дүкеніңіз жұмысын жалғастырады, оған кіру тәсілі өзгерген жоқ.'] : []),
      ...(reason
        ? [`Әкімші көрсеткен себеп: ${reason}`]
        : ['Егер бұл сіз болмасаңыз, бірден қолдау қызметіне жазыңыз.']),
    ],
  }),
  en: ({ reason, given_up, keeps_shop }) => ({
    subject: 'Your account was deleted',
    paragraphs: [
      'Your name, address, ways of signing in and profile picture were deleted. Wardrobe, try-ons and uploaded photos are being deleted now, and leave the backups within 30 days.',
      'Reviews stay without your name. Records of payments are kept without personal data, as the law demands.',
      ...(given_up ? [`You gave up what was left on the balance: ${given_up}.`] : []),
      ...(keeps_shop ? ['Your shop goes on; signing in to it has not changed.'] : []),
      ...(reason
        ? [`The reason given by the administrator: ${reason}`]
        : ['If it was not you, contact support at once.']),
    ],
  }),
}

export const shopDeleted: Texts<{ shop_name: string; reason: string | null }> = {
  ru: ({ shop_name, reason }) => ({
    subject: 'Ваш магазин удалён',
    paragraphs: [
      `Магазин «${shop_name}» удалён: профиль стёрт, карточки больше не показываются. Записи о заказах и платежах хранятся без личных данных.`,
      ...(reason
        ? [`Причина, указанная администратором: ${reason}`]
        : ['Если это были не вы, сразу напишите в поддержку.']),
    ],
  }),
  kk: ({ shop_name, reason }) => ({
    subject: 'Дүкеніңіз жойылды',
    paragraphs: [
      `«${shop_name}» дүкені жойылды: профиль өшірілді, карточкалар енді көрсетілмейді. Тапсырыс пен төлем жазбалары жеке деректерсіз сақталады.`,
      ...(reason
        ? [`Әкімші көрсеткен себеп: ${reason}`]
        : ['Егер бұл сіз болмасаңыз, бірден қолдау қызметіне жазыңыз.']),
    ],
  }),
  en: ({ shop_name, reason }) => ({
    subject: 'Your shop was deleted',
    paragraphs: [
      `The shop “${shop_name}” was deleted: its profile is wiped and its cards are not shown any more. Records of orders and payments are kept without personal data.`,
      ...(reason
        ? [`The reason given by the administrator: ${reason}`]
        : ['If it was not you, contact support at once.']),
    ],
  }),
}

export const exportReady: Texts<{ link: string }> = {
  ru: ({ link }) => ({
    subject: 'Копия ваших данных готова',
    paragraphs: [
      'В архиве всё, что мы о вас храним: профиль, согласия, сеансы, операции, примерки с изображениями, гардероб, отзывы.',
      'Ссылка действует 7 дней. Не пересылайте её: архив откроет любой, у кого она есть.',
    ],
    action: { label: 'Скачать архив', url: link },
  }),
  kk: ({ link }) => ({
    subject: 'Деректеріңіздің көшірмесі дайын',
    paragraphs: [
      'Мұрағатта біз сіз туралы сақтайтынның бәрі бар: профиль, келісімдер, сеанстар, операциялар, суреттерімен бірге киіп көру нәтижелері, гардероб, пікірлер.',
      'Сілтеме 7 күн жарамды. Оны ешкімге жібермеңіз: сілтемесі бар кез келген адам мұрағатты аша алады.',
    ],
    action: { label: 'Мұрағатты жүктеу', url: link },
  }),
  en: ({ link }) => ({
    subject: 'The copy of your data is ready',
    paragraphs: [
      'The archive holds everything that we keep about you: profile, consents, sessions, transactions, try-ons with their pictures, wardrobe, reviews.',
      'The link is good for 7 days. Do not pass it on: whoever has it can open the archive.',
    ],
    action: { label: 'Download the archive', url: link },
  }),
}
