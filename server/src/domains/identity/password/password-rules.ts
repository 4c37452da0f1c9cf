import type { FieldError } from '#kernel/problem.ts'

/** Characters as a person counts them. Alone a password must be long; with a second factor 8 do (contract 2.1.2). */
const CHARS_MIN_ALONE = 15
const CHARS_MIN_WITH_SECOND_FACTOR = 8
const CHARS_MAX = 256

/** Rows of the keyboard and runs that a list can never hold in full, in both alphabets. */
const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertyuiop[]asdfghjkl;zxcvbnm,.',
  '1234567890qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  'йцукенгшщзхъфывапролджэячсмитьбю',
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
]

export type PasswordContext = { has_second_factor: boolean; email: string; app_name: string }

export function standsAlone(password: string): boolean {
  return charsOf(password) >= CHARS_MIN_ALONE
}

/**
 * Null when the password may be used. No rule about kinds of characters: length and not being known is what counts
 * (NIST SP 800-63B-4 3.1.1.2). `isCommon` answers for a lower-case text.
 */
export function judgePassword(
  password: string,
  context: PasswordContext,
  isCommon: (text: string) => boolean,
): FieldError | null {
  const chars_min = context.has_second_factor ? CHARS_MIN_WITH_SECOND_FACTOR : CHARS_MIN_ALONE
  if (charsOf(password) < chars_min) return tooShort(chars_min)
  if (charsOf(password) > CHARS_MAX) return tooLong()
  return isGuessable(password.normalize('NFKC').toLowerCase(), context, isCommon) ? breached() : null
}

function isGuessable(text: string, context: PasswordContext, isCommon: (text: string) => boolean): boolean {
  const unit = repeatedUnit(text)
  if (isCommon(text) || isRun(text)) return true
  // `passwordpassword`, `qwertyqwertyqwerty`, `aaaaaaaaaaaaaaa`: no harder than what is repeated.
  if (unit !== text && (unit.length <= 4 || isRun(unit) || isCommon(unit))) return true
  const [local_part = ''] = context.email.split('@')
  const own = [context.email, local_part, context.app_name.toLowerCase()].filter((word) => word.length > 0)
  // Only the own name or address, with digits or signs around it at most.
  return own.some((word) => text.replaceAll(word, '').replace(/[^\p{L}]/gu, '') === '' && text.includes(word))
}

/** `ab` of `ababab`, `ab` of `ababa` too; the text itself when nothing repeats. */
function repeatedUnit(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const unit = text.slice(0, length)
    if (unit.repeat(Math.ceil(text.length / length)).startsWith(text)) return unit
  }
  return text
}

function isRun(text: string): boolean {
  return (
    text.length >= 5 && RUNS.some((run) => run.includes(text) || [...run].reverse().join('').includes(text))
  )
}

function charsOf(text: string): number {
  return [...text.normalize('NFKC')].length
}

function tooShort(chars_min: number): FieldError {
  return {
    field: 'password',
    code: 'too_short',
    message: {
      ru: `Не короче ${chars_min} символов. Подойдёт фраза из нескольких слов`,
      kk: `Кемінде ${chars_min} таңба. Бірнеше сөзден тұратын тіркес жарайды`,
      en: `At least ${chars_min} characters. A phrase of several words is fine`,
    },
  }
}

function tooLong(): FieldError {
  return {
    field: 'password',
    code: 'too_long',
    message: {
      ru: `Не длиннее ${CHARS_MAX} символов`,
      kk: `${CHARS_MAX} таңбадан аспасын`,
      en: `At most ${CHARS_MAX} characters`,
    },
  }
}

function breached(): FieldError {
  return {
    field: 'password',
    code: 'password_breached',
    message: {
      ru: 'Этот пароль легко угадать: он есть в списках утёкших или слишком прост. Выберите другой',
      kk: 'Бұл құпиясөзді табу оңай: ол жария болған тізімдерде бар немесе тым қарапайым. Басқасын таңдаңыз',
      en: 'This password is easy to guess: it is in leaked lists or too simple. Please choose another',
    },
  }
}
