import { type Case, del, GONE, INVALID, LARGE, post, prompt, put, raw, tryOn } from './refusals.ts'

const setting = (value: unknown, more: object = {}) =>
  put('admin', '/admin/settings/user_try_on_price', { key: 'user_try_on_price', value, ...more })

/** What a setting takes is text that fits its type and range to the letter. */
export const SETTINGS: Case[] = [
  ['NaN', INVALID, () => setting('NaN')],
  ['a negative price', INVALID, () => setting('-1')],
  ['minus zero', INVALID, () => setting('-0')],
  ['a price below a cent', INVALID, () => setting('0.005')],
  ['a price beyond the range', INVALID, () => setting('1000.01')],
  ['an empty value', INVALID, () => setting('')],
  ['blanks', INVALID, () => setting(' 1 ')],
  ['10 kB of digits', INVALID, () => setting('1'.repeat(10_240))],
  ['digits of another script', INVALID, () => setting('٣')],
  ['full-width digits', INVALID, () => setting('１')],
  ['a comma', INVALID, () => setting('1,5')],
  ['an exponent', INVALID, () => setting('1e2')],
  ['NUL', INVALID, () => setting('1\u0000')],
  ['a number', INVALID, () => setting(2)],
  ['null', INVALID, () => setting(null)],
  ['a member that is not the caller’s to set', INVALID, () => setting('2', { version: 7 })],
  ['a version of zero', INVALID, () => setting('2', { expected_version: 0 })],
  ['a version beyond the largest', INVALID, () => setting('2', { expected_version: 2 ** 31 })],
  ['a description of 501 characters', INVALID, () => setting('2', { description: 'x'.repeat(501) })],
  ['a reason with NUL', INVALID, () => setting('2', { reason: 'a\u0000' })],
  [
    'the key of another setting in the body',
    INVALID,
    () => put('admin', '/admin/settings/user_try_on_price', { key: 'shop_approval_fee', value: '1' }),
  ],
  ['an unknown setting', GONE, () => put('admin', '/admin/settings/nothing', { key: 'nothing', value: '1' })],
  ['an unknown request', GONE, () => post('admin', '/admin/approvals/999999/approve', {})],
  ['a refusal without a reason', INVALID, () => post('admin', '/admin/approvals/999999/reject', {})],
]

const sign_in = { email: 'a@example.com', password: 'x', account_type: 'user', platform: 'web' }

export const WRONG_VALUES: Case[] = [
  ['a number as text', INVALID, (at) => tryOn('1', at.own.photo_url)],
  ['a list as text', INVALID, () => prompt(['coat'])],
  ['null as text', INVALID, () => prompt(null)],
  ['a number with a fraction as id', INVALID, () => tryOn(1.5, 'x')],
  ['a body that is a list', INVALID, () => post('user', '/generations/generate', [])],
  ['a body that is null', INVALID, () => raw('user', '/generations/generate', 'null')],
  ['no body', INVALID, () => ({ who: 'user', method: 'POST', url: '/generations/generate' })],
  ['an empty body that says it is JSON', INVALID, () => raw('user', '/generations/generate', '')],
  ['an unknown member', INVALID, () => post('user', '/generations/generate', { prompt: 'coat', price: 0 })],
  ['an erasure that is not confirmed', INVALID, () => del('user', '/users/me', { confirm: false })],
  ['an erasure confirmed in words', INVALID, () => del('user', '/users/me', { confirm: 'yes' })],
  ['an erasure without a body', INVALID, () => del('user', '/users/me')],
  ['a surplus member in an erasure', INVALID, () => del('user', '/users/me', { confirm: true, user_id: 1 })],
  ['a surplus member in the end of a shop', INVALID, () => del('shop', '/shops/me', { forfeit: true })],
  ['the end of a user without a reason', INVALID, () => del('admin', '/admin/users/1', {})],
  [
    'the end of a user for nine letters',
    INVALID,
    () => del('admin', '/admin/users/1', { reason: 'ninechars' }),
  ],
  ['the end of a shop without a reason', INVALID, () => del('admin', '/admin/shops/1', {})],
  [
    'a balance given up in words',
    INVALID,
    () => del('admin', '/admin/users/1', { reason: 'Asked for by letter', forfeit_balance: 'yes' }),
  ],
  ['a role in the own profile', INVALID, () => put('user', '/users/me', { name: 'A', role: 'admin' })],
  ['a balance in the own profile', INVALID, () => put('user', '/users/me', { balance: 1_000 })],
  ['an approval in the own shop', INVALID, () => put('shop', '/shops/me', { is_approved: true })],
  [
    'a state in a card',
    INVALID,
    () => post('shop', '/products', { name: 'A', price: 1, moderation_status: 'approved' }),
  ],
  ['a price of zero', INVALID, () => post('shop', '/products', { name: 'A', price: 0 })],
  ['a price below a cent', INVALID, () => post('shop', '/products', { name: 'A', price: 0.001 })],
  ['a price beyond the largest', INVALID, () => post('shop', '/products', { name: 'A', price: 1e300 })],
  ['a price of 1e999', INVALID, () => raw('shop', '/products', '{"name":"A","price":1e999}')],
  ['a name of blanks', INVALID, () => post('shop', '/products', { name: ' \t\n ', price: 1 })],
  ['a name of 256 characters', INVALID, () => post('shop', '/products', { name: 'x'.repeat(256), price: 1 })],
  [
    'characteristics of 9 KiB',
    INVALID,
    () => post('shop', '/products', { name: 'A', price: 1, characteristics: { a: 'x'.repeat(9_216) } }),
  ],
  [
    '51 characteristics',
    INVALID,
    () =>
      post('shop', '/products', {
        name: 'A',
        price: 1,
        characteristics: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, i])),
      }),
  ],
  [
    'a price with three decimals',
    INVALID,
    () => post('user', '/payments/user/top-up', { amount: 1.005, payment_type: 'top_up' }),
  ],
  [
    'a negative amount',
    INVALID,
    () => post('user', '/payments/user/top-up', { amount: -5, payment_type: 'top_up' }),
  ],
  [
    'an amount as text',
    INVALID,
    () => post('user', '/payments/user/top-up', { amount: '5', payment_type: 'top_up' }),
  ],
  [
    'another kind of payment',
    '400 invalid_payment_type',
    () => post('user', '/payments/user/top-up', { amount: 5, payment_type: 'product_rent' }),
  ],
  ['an address without a domain', INVALID, () => post('guest', '/auth/login', { ...sign_in, email: 7 })],
  [
    'a profile of another kind',
    INVALID,
    () => post('guest', '/auth/login', { ...sign_in, account_type: 'admin' }),
  ],
  [
    'a key of 65 characters',
    INVALID,
    () => post('user', '/generations/generate', { prompt: 'coat' }, { 'idempotency-key': 'x'.repeat(65) }),
  ],
]

export const PROMPTS: Case[] = [
  ['empty', INVALID, () => prompt('')],
  ['blanks', INVALID, () => prompt(' \n ')],
  ['1,001 characters', INVALID, () => prompt('x'.repeat(1_001))],
  ['just under the largest body', INVALID, () => prompt('x'.repeat(1_000_000))],
  ['1 MB', LARGE, () => prompt('x'.repeat(1_048_577))],
  ['11 MB', LARGE, () => prompt('x'.repeat(11_000_000))],
  ['NUL', INVALID, () => prompt('coat\u0000')],
  ['a lone surrogate', INVALID, () => raw('user', '/generations/generate', '{"prompt":"\\ud83d coat"}')],
  [
    'NUL in the name of a member',
    INVALID,
    () => raw('user', '/generations/generate', '{"prompt":"coat","\\u0000":1}'),
  ],
]
