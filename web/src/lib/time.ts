import type { Language } from './i18n/language.ts'

const KAZAKH_MONTHS = [
  'қаңтар',
  'ақпан',
  'наурыз',
  'сәуір',
  'мамыр',
  'маусым',
  'шілде',
  'тамыз',
  'қыркүйек',
  'қазан',
  'қараша',
  'желтоқсан',
] as const

export type DateOptions = { time_zone?: string }

/** «24 ноября 2026 г.» for an instant of the wire, in the reader's own zone unless one is named. */
export function formatDate(instant: string, language: Language, options: DateOptions = {}): string {
  const date = new Date(instant)
  const zone = options.time_zone === undefined ? {} : { timeZone: options.time_zone }
  if (language === 'kk') return kazakhDate(date, zone)
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    ...zone,
  }).format(date)
}

/** Day and time of day, for lists of what happened. */
export function formatMoment(instant: string, language: Language, options: DateOptions = {}): string {
  return `${formatDate(instant, language, options)}, ${clock(instant, options, {})}`
}

/** To the second, for records. */
export function formatExactMoment(instant: string, language: Language, options: DateOptions = {}): string {
  return `${formatDate(instant, language, options)}, ${clock(instant, options, { second: '2-digit' })}`
}

/** 24 hours in every language. */
function clock(instant: string, options: DateOptions, seconds: { second?: '2-digit' }): string {
  const zone = options.time_zone === undefined ? {} : { timeZone: options.time_zone }
  return new Intl.DateTimeFormat('ru', { hour: '2-digit', minute: '2-digit', ...seconds, ...zone }).format(
    new Date(instant),
  )
}

/**
 * Written out here and not by Intl: many browsers ship without Kazakh and would answer in another language.
 */
function kazakhDate(date: Date, zone: { timeZone?: string }): string {
  const parts = new Intl.DateTimeFormat('en', {
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
    ...zone,
  }).formatToParts(date)
  const value = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value)
  return `${value('year')} жылғы ${value('day')} ${KAZAKH_MONTHS[value('month') - 1] ?? ''}`
}
