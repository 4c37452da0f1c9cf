import { expect, test } from 'vitest'
import { readProviderReturn } from './provider.ts'

const read = (search: string) => readProviderReturn(new URLSearchParams(search))

test('a way back with code and state goes on with them, as the kind of account it was begun for', () => {
  expect(read('provider=apple&code=c&state=s&account_type=shop&user_data=%7B%7D')).toEqual({
    provider: 'apple',
    account_type: 'shop',
    proof: { code: 'c', state: 's' },
    refusal: null,
  })
  expect(read('code=c&state=s&account_type=user&client_type=user')).toMatchObject({
    provider: 'google',
    account_type: 'user',
    proof: { code: 'c', state: 's' },
  })
})

test.each([
  ['error=access_denied', 'cancelled'],
  ['error=state_invalid', 'stale'],
  ['error=provider_credentials_invalid', 'refused'],
  ['error=unavailable', 'away'],
  ['error=something_new', 'away'],
  ['', 'stale'],
  ['code=c', 'stale'],
  ['code=c&state=s&error=access_denied', 'cancelled'],
])('the way back "%s" has a reason of its own and no proof: %s', (search, refusal) => {
  expect(read(`provider=apple&${search}`)).toMatchObject({ provider: 'apple', proof: null, refusal })
})
