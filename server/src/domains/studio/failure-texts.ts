import type { LocalizedText } from '#kernel/locale.ts'
import { advice } from './engine/advice.ts'
import { isRefusalCode } from './engine/refusal.ts'

const OTHER: Record<string, LocalizedText> = {
  nothing_understood: {
    ru: 'Не удалось понять, что нарисовать. Назовите вещь: например, «синее платье в горошек».',
    kk: 'Не салу керегін түсінбедім. Киімді атаңыз: мысалы, «көк нүктелі көйлек».',
    en: 'It is not clear what to draw. Name a garment, for example “a blue polka dot dress”.',
  },
  timed_out: {
    ru: 'Изображение не успело появиться вовремя. Списанное возвращено, попробуйте ещё раз.',
    kk: 'Сурет уақытында дайын болмады. Төлем қайтарылды, қайталап көріңіз.',
    en: 'The picture was not ready in time. What was charged has been returned, please try again.',
  },
}

const UNEXPECTED: LocalizedText = {
  ru: 'Не получилось создать изображение. Списанное возвращено, попробуйте ещё раз.',
  kk: 'Суретті жасау мүмкін болмады. Төлем қайтарылды, қайталап көріңіз.',
  en: 'The picture could not be made. What was charged has been returned, please try again.',
}

/** What a failed generation tells its user: advice for an unsuitable picture, an apology otherwise. */
export function failureText(code: string): LocalizedText {
  return isRefusalCode(code) ? advice[code] : (OTHER[code] ?? UNEXPECTED)
}
