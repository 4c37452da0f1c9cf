import { randomUUID } from 'node:crypto'
import type { TestApp } from '#test/app.ts'
import {
  admins,
  anyone,
  body,
  type Call,
  everyone,
  GONE,
  type Row,
  rest,
  row,
  SIGN_IN,
  shops,
  signedIn,
  users,
} from './access-expectations.ts'

const credentials = () => ({
  email: `${randomUUID()}@example.com`,
  password: 'five red umbrellas',
  account_type: 'user',
  platform: 'web',
})
const refreshToken: Call = async ({ world, actor }) => ({
  payload: { refresh_token: (await world.sessionOf(actor === 'guest' ? 'user' : actor)).refresh_token },
})

export const AUTH: Row[] = [
  row('POST /auth/register', everyone('201'), () => ({
    payload: { ...credentials(), name: 'Aida', consents: [] },
  })),
  row('POST /auth/login', everyone('401 invalid_credentials'), () => ({ payload: credentials() })),
  row('POST /auth/refresh', rest('200', { admin_without_second_factor: '401 token_revoked' }), refreshToken),
  row('POST /auth/logout', everyone('200'), refreshToken),
  row('POST /auth/email/verification', signedIn('409 already_exists', { unverified: '202' })),
  row('POST /auth/email/verify', anyone('400 bad_request'), body({ token: 'nobody-was-sent-this' })),
  row('POST /auth/password/forgot', everyone('202'), () => ({ payload: { email: credentials().email } })),
  row('POST /auth/password/reset', everyone('400 bad_request'), () => ({
    payload: { token: randomUUID(), password: 'six green umbrellas' },
  })),
  row(
    'POST /auth/password/change',
    signedIn('401 invalid_credentials'),
    body({ current_password: 'five red umbrellas', password: 'six green umbrellas' }),
  ),
  row('GET /auth/sessions', signedIn('200')),
  row('DELETE /auth/sessions/{id}', signedIn(GONE, { user: '200' }), async ({ world }) => ({
    params: { id: (await world.sessionOf('user')).public_id },
  })),
  row('DELETE /auth/sessions', signedIn('200')),
  row('POST /auth/logout-all', signedIn('200')),
  row('POST /auth/ws-ticket', users('200'), body({ client_type: 'user' }), 'for a user'),
  row('POST /auth/ws-ticket', shops('200'), body({ client_type: 'shop' }), 'for a shop'),
  row('POST /auth/ws-ticket', admins('200'), body({ client_type: 'admin' }), 'for an admin'),
  row('POST /auth/2fa/setup', signedIn('200')),
  row('POST /auth/2fa/enable', signedIn('401 invalid_code'), body({ code: '000000' })),
  row('POST /auth/2fa/verify', everyone(SIGN_IN), body({ pre_auth_token: 'forged', code: '000000' })),
  row(
    'POST /auth/2fa/disable',
    signedIn('409 invalid_state', { admin: '403 admin_only' }),
    body({ code: '000000' }),
  ),
  row('POST /auth/step-up', signedIn('401 invalid_credentials'), body({ password: 'five red umbrellas' })),
  row('GET /auth/google/url', everyone('200')),
  row('GET /auth/google/callback', everyone('302'), () => ({ query: '?code=forged&state=forged' })),
  row(
    'POST /auth/google/login',
    everyone('401 provider_credentials_invalid'),
    body({ id_token: 'forged', account_type: 'user', platform: 'web' }),
  ),
  row('POST /auth/exchange', everyone('401 provider_credentials_invalid'), body({ login_code: 'forged' })),
  row('POST /auth/user/get-or-create-shop', users('200', { unverified: '403 email_unverified' })),
  row('POST /auth/shop/get-or-create-user', shops('200')),
]

const passkey: Call = async ({ app, world }) => {
  const made = await app.db
    .insertInto('identity.passkeys')
    .values({
      account_id: world.user.account_id,
      credential_id: randomUUID(),
      public_key: Buffer.from('key'),
      name: 'Phone',
      counter: 0,
      is_backed_up: false,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { params: { passkey_id: made.id } }
}
const credential = { id: 'forged', rawId: 'forged', type: 'public-key', clientExtensionResults: {} }
const registration = { clientDataJSON: 'forged', attestationObject: 'forged' }
const proof = { clientDataJSON: 'forged', authenticatorData: 'forged', signature: 'forged' }

/** Passkeys, recovery codes, another address, Apple (which this installation has no keys for). */
export const FACTORS: Row[] = [
  row('GET /auth/csrf', signedIn('200')),
  row('GET /auth/account', signedIn('200')),
  row('GET /auth/2fa', signedIn('200')),
  row('DELETE /auth/2fa/totp', signedIn(GONE)),
  row('POST /auth/2fa/recovery-codes', signedIn('409 invalid_state')),
  row('GET /auth/2fa/passkeys', signedIn('200')),
  row('POST /auth/2fa/passkeys/registration-options', signedIn('200')),
  row(
    'POST /auth/2fa/passkeys',
    signedIn('400 bad_request'),
    body({ credential: { ...credential, response: registration }, name: 'Phone' }),
  ),
  row('POST /auth/2fa/passkeys/authentication-options', signedIn('409 invalid_state')),
  row(
    'POST /auth/2fa/passkeys/verify',
    everyone(SIGN_IN),
    body({ pre_auth_token: 'forged', credential: { ...credential, response: proof } }),
  ),
  row('PATCH /auth/2fa/passkeys/{passkey_id}', signedIn(GONE, { user: '200' }), async (at) => ({
    ...(await passkey(at)),
    payload: { name: 'Laptop' },
  })),
  row('DELETE /auth/2fa/passkeys/{passkey_id}', signedIn(GONE, { user: '200' }), passkey),
  row('POST /auth/email/change', signedIn('202'), () => ({ payload: { email: credentials().email } })),
  row('POST /auth/email/change/confirm', anyone('400 bad_request'), body({ token: 'nobody-was-sent-this' })),
  row('GET /auth/apple/url', everyone('503 unavailable')),
  row('POST /auth/apple/login', everyone('503 unavailable'), body({ code: 'forged', account_type: 'user' })),
  row(
    'POST /auth/telegram/login',
    everyone('401 provider_credentials_invalid'),
    body({ init_data: 'hash=forged' }),
  ),
  row('POST /auth/apple/callback', everyone('503 unavailable'), () => ({
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: Buffer.from('code=forged&state=forged'),
  })),
]

export const PROFILES: Row[] = [
  row('GET /users/me', users('200')),
  row('PUT /users/me', users('200'), body({ name: 'Somebody' })),
  row('GET /users/me/consents', users('200')),
  row('PUT /users/me/consents', users('200'), body({ document: 'terms', version: '1', accepted: true })),
  row('POST /users/me/avatar', users('200'), () => ({ files: 'file' })),
  row('GET /users/me/export', users('202', { unverified: '403 email_unverified' }), noCopyYet),
  row(
    'DELETE /users/me',
    users('409 invalid_state'),
    body({ confirm: true }),
    'with money on the balance, or as an admin',
  ),
  row('GET /users/me/balance', users('200')),
  row('GET /users/me/transactions', users('200')),
  row('GET /users/me/history', users('200')),
  row('GET /shops', anyone('200')),
  row('GET /shops/me', shops('200')),
  row('PUT /shops/me', shops('200'), body({ address: 'Abai 1' })),
  row('POST /shops/upload-avatar', shops('200'), () => ({ files: 'file' })),
  row('DELETE /shops/me', shops('409 invalid_state'), undefined, 'with money on the balance'),
  row('GET /shops/me/products', shops('200')),
  row('GET /shops/me/transactions', shops('200')),
  row('GET /shops/{shop_id}', anyone('200'), ({ world }) => ({ params: { shop_id: world.shop.shop_id } })),
  row('GET /shops/{shop_id}', anyone(GONE), waitingShop, 'that waits for approval'),
  row('GET /shops/me/audit-logs', shops('200')),
  row('GET /admin/audit-logs', admins('200')),
  row('GET /admin/users', admins('200')),
  row('GET /admin/users/all', admins('200')),
  row('GET /admin/users/{user_id}', admins('200'), ({ world }) => ({
    params: { user_id: world.user.user_id },
  })),
  row('PUT /admin/users/{user_id}/role', admins('200'), async ({ app }) => ({
    params: { user_id: (await app.given.user()).user_id },
    query: '?new_role=admin',
  })),
  row('DELETE /admin/users/{user_id}', admins('200'), async ({ app }) => ({
    params: { user_id: (await app.given.user()).user_id },
    payload: { reason: 'Asked for by letter' },
  })),
  row('DELETE /admin/shops/{shop_id}', admins('200'), async (at) => ({
    ...(await waitingShop(at)),
    payload: { reason: 'Asked for by letter' },
  })),
  row('POST /admin/users/{user_id}/block', admins('200'), async ({ app }) => ({
    params: { user_id: (await app.given.user()).user_id },
    payload: { reason: 'Sells copies of brands' },
  })),
  row('POST /admin/users/{user_id}/unblock', admins('409 invalid_state'), ({ world }) => ({
    params: { user_id: world.user.user_id },
  })),
  row('GET /admin/shops', admins('200')),
  row('GET /admin/shops/all', admins('200')),
  row('POST /admin/shops/bulk-action', admins('200'), async ({ app }) => ({
    payload: { shop_ids: [(await app.given.shop({ approved: false })).shop_id], action: 'approve' },
  })),
  row('GET /admin/shops/pending', admins('200')),
  row('POST /admin/shops/{shop_id}/approve', admins('200'), waitingShop),
  row('POST /admin/shops/{shop_id}/reject', admins('200'), async (at) => ({
    ...(await waitingShop(at)),
    payload: { reason: 'The documents are missing' },
  })),
]

/** One a day is another test's matter. */
async function noCopyYet({ app }: { app: TestApp }) {
  await app.db.deleteFrom('compliance.exports').execute()
  return {}
}

async function waitingShop({ app }: { app: TestApp }) {
  return { params: { shop_id: (await app.given.shop({ approved: false, balance: 0 })).shop_id } }
}
