import { Type } from 'typebox'
import { MoneyInput } from '#infra/schemas.ts'
import { type Cents, centsFromWire, MONEY_CENTS_MAX } from '#kernel/money.ts'
import { validationFailed } from '#kernel/problem.ts'

/** `min_balance` and `max_balance` of the admins' lists. */
export const balanceBound = Type.Optional(MoneyInput({ minimum: 0, maximum: MONEY_CENTS_MAX / 100 }))

/** Only the bounds that were given. @throws validation_failed (422) for more decimals than money has */
export function balanceRange(bounds: { min_balance: number | undefined; max_balance: number | undefined }): {
  min_balance_cents?: Cents
  max_balance_cents?: Cents
} {
  const { min_balance, max_balance } = bounds
  return {
    ...(min_balance === undefined ? {} : { min_balance_cents: toCents(min_balance, 'min_balance') }),
    ...(max_balance === undefined ? {} : { max_balance_cents: toCents(max_balance, 'max_balance') }),
  }
}

function toCents(amount: number, field: string): Cents {
  const cents = centsFromWire(amount)
  if (cents === null) throw validationFailed([{ ...TOO_FINE, field }])
  return cents
}

const TOO_FINE = {
  code: 'bad_format',
  message: {
    ru: 'Не больше двух знаков после запятой',
    kk: 'Үтірден кейін екі таңбадан артық емес',
    en: 'At most two decimals',
  },
}
