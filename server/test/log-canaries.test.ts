import { expect, test } from 'vitest'
import { assertNothingPersonal, personalDataIn } from './log-canaries.ts'

const token = `ey${'J'}hbGciOiJFUzI1NiJ9.ey${'J'}1c2VyX2lkIjo1fQ`

test.each([
  ['an e-mail address', '{"msg":"mail to Aida.K+1@example.com refused"}'],
  ['a signed token', `{"msg":"bad token ${token}"}`],
  ['a bearer header', '{"authorization":"Bearer abcdefghijklmnop"}'],
  ['a ticket or token in an address', '{"path":"/ws/user?ticket=4f2a"}'],
  ['an authenticator secret', '{"url":"otpauth://totp/Leema"}'],
  ['the password of the test people', '{"body":"five red umbrellas"}'],
])('%s in a line is found (L-03)', (what, line) => {
  expect(personalDataIn([line])).toEqual([`${what} in ${line}`])
})

test('the value of a secret of the environment is found and only its name is told (L-03)', () => {
  const environment = { MEDIA_SIGNING_KEY: 'k'.repeat(44), PUBLIC_URL: 'http://localhost:8000' }
  const line = `{"msg":"signed with ${environment.MEDIA_SIGNING_KEY} for ${environment.PUBLIC_URL}"}`
  const found = personalDataIn([line], environment)
  expect(found).toEqual([expect.stringMatching(/^the value of MEDIA_SIGNING_KEY/)])
  expect(() => assertNothingPersonal([line], environment)).toThrow('the log holds what it must not')
})

test('ordinary lines are let through', () => {
  const line =
    '{"level":"info","event":"http.request","method":"POST","route":"/api/v1/auth/login","status":401,"ms":402,"account_id":7}'
  expect(personalDataIn([line], { DATA_ENCRYPTION_KEY: 'k'.repeat(44) })).toEqual([])
})
