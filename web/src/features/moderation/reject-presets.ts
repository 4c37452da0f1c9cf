import type { Language } from '../../lib/i18n/language.ts'

export const NOTE_MAX = 1000
export const PRESETS = [
  'blurry',
  'watermark',
  'foreign_photo',
  'mismatch',
  'category',
  'price',
  'description',
  'forbidden',
] as const
export type Preset = (typeof PRESETS)[number]

/** What the shop reads. Each says what is wrong and what to do about it. */
const NOTES: Record<Preset, Record<Language, string>> = {
  blurry: {
    ru: 'Фотография тёмная или нечёткая. Снимите вещь при дневном свете, целиком, на ровном фоне.',
    kk: 'Фотосурет күңгірт немесе анық емес. Затты күндізгі жарықта, толық, бір түсті фонда түсіріңіз.',
    en: 'The picture is dark or unclear. Take it in daylight, the whole garment, on a plain background.',
  },
  watermark: {
    ru: 'На фотографии есть надписи, номер телефона или водяной знак. Загрузите фото без них.',
    kk: 'Фотосуретте жазу, телефон нөмірі немесе су таңбасы бар. Оларсыз фото жүктеңіз.',
    en: 'The picture carries text, a phone number or a watermark. Upload one without them.',
  },
  foreign_photo: {
    ru: 'Похоже, фотография взята с другого сайта. Загрузите собственные снимки вещи.',
    kk: 'Фотосурет басқа сайттан алынған сияқты. Заттың өзіңіз түсірген суреттерін жүктеңіз.',
    en: 'The picture seems to come from another site. Upload pictures of your own.',
  },
  mismatch: {
    ru: 'Фотография не соответствует названию или описанию. Проверьте, та ли вещь в карточке.',
    kk: 'Фотосурет атауына немесе сипаттамасына сәйкес келмейді. Карточкадағы зат сол ма, тексеріңіз.',
    en: 'The picture does not match the name or the description. Check that the card shows the right piece.',
  },
  category: {
    ru: 'Выбрана неподходящая категория. Укажите ту, в которой вещь будут искать.',
    kk: 'Санаты дұрыс таңдалмаған. Зат ізделетін санатты көрсетіңіз.',
    en: 'The category does not fit. Choose the one where people would look for this piece.',
  },
  price: {
    ru: 'Цена похожа на ошибку. Проверьте сумму и знаки после запятой.',
    kk: 'Бағасы қате сияқты. Сомасын және үтірден кейінгі таңбаларды тексеріңіз.',
    en: 'The price looks like a mistake. Check the amount and its decimals.',
  },
  description: {
    ru: 'Не хватает сведений. Добавьте состав, размеры и описание вещи.',
    kk: 'Мәлімет жеткіліксіз. Құрамын, өлшемдерін және заттың сипаттамасын қосыңыз.',
    en: 'Too little is said. Add the composition, the sizes and a description.',
  },
  forbidden: {
    ru: 'Такой товар или изображение размещать нельзя по правилам Leema.',
    kk: 'Leema ережелері бойынша мұндай тауарды немесе суретті орналастыруға болмайды.',
    en: 'The rules of Leema do not allow this product or picture.',
  },
}

export function presetNote(preset: Preset, language: Language): string {
  return NOTES[preset][language]
}

export function hasPreset(note: string, preset: Preset, language: Language): boolean {
  return note.includes(NOTES[preset][language])
}

/** Adds the sentence on a line of its own, or takes it out again; what was typed by hand stays. */
export function togglePreset(note: string, preset: Preset, language: Language): string {
  const sentence = NOTES[preset][language]
  if (!note.includes(sentence)) return note.trim() === '' ? sentence : `${note.trimEnd()}\n${sentence}`
  return note
    .replace(sentence, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}

/** The same sentences in another language; what was typed by hand stays as it is. */
export function translatePresets(note: string, from: Language, to: Language): string {
  return PRESETS.reduce((text, preset) => text.replace(NOTES[preset][from], NOTES[preset][to]), note)
}
