import { expect, test } from 'vitest'
import { chargeInfo } from './view.ts'

const funds = { free_remaining: 2, balance_cents: 950 }

test('contract 4.2: the message says which of the three paid, in the caller’s language', () => {
  expect(chargeInfo({ charge_kind: 'free', price_cents: 50, hold_id: null }, funds, 'en')).toEqual({
    charged: false,
    amount: 0,
    message: 'Free of charge. Free ones left: 2',
    free_remaining: 2,
  })
  expect(chargeInfo({ charge_kind: 'balance', price_cents: 50, hold_id: 1 }, funds, 'en')).toEqual({
    charged: true,
    amount: 0.5,
    message: '0.50 is set aside from the balance and taken when the picture is ready',
    balance_remaining: 9.5,
  })
  expect(chargeInfo({ charge_kind: 'none', price_cents: 0, hold_id: null }, funds, 'kk')).toEqual({
    charged: false,
    amount: 0,
    message: 'Тегін',
  })
})
