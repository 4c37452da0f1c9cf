/** Money is an integer number of minor units (cents, tiyn) everywhere inside; contract 0.4 `Money`. */
export type Cents = number

export const MONEY_CENTS_MAX: Cents = 9_999_999_999

/** Rounding of a division, named at the call. */
export type Rounding = 'down' | 'half_up'

/** @throws RangeError when the value is not a safe integer amount within the platform's bounds */
export function cents(value: number): Cents {
  if (!Number.isSafeInteger(value) || Math.abs(value) > MONEY_CENTS_MAX)
    throw new RangeError('amount out of range')
  return value
}

/** `share(5005, 1000, 'half_up')` is 10 % of 50.05 = 5.01. Basis points: 1/100 of a percent. */
export function share(total: Cents, bps: number, rounding: Rounding): Cents {
  const exact = BigInt(total) * BigInt(bps)
  const [quotient, remainder] = [exact / 10_000n, exact % 10_000n]
  return Number(rounding === 'half_up' && remainder * 2n >= 10_000n ? quotient + 1n : quotient)
}

/** The JSON number on the wire: at most two decimals, exact for every allowed amount (DEC-02). */
export function centsToWire(amount: Cents): number {
  return amount / 100
}

/** Integer cents of a wire amount, or null when it has more than two decimals or is out of range. */
export function centsFromWire(amount: number): Cents | null {
  const text = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(String(amount))
  if (!text) return null
  const value = Number(text[2]) * 100 + Number((text[3] ?? '').padEnd(2, '0'))
  if (!Number.isSafeInteger(value) || value > MONEY_CENTS_MAX) return null
  return text[1] === '-' ? -value : value
}

/** `12.30`: always two decimals, for mails, messages and payment providers. */
export function centsToText(amount: Cents): string {
  const sign = amount < 0 ? '-' : ''
  const digits = String(Math.abs(amount)).padStart(3, '0')
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
