import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ConfigurationError, readConfig } from '#app/config.ts'

type Env = Record<string, string>

const random = (bytes = 24) => randomBytes(bytes).toString('base64url')
const key32 = () => randomBytes(32).toString('base64')
const newKey = (kid = 'k1') => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }
}
const keySet = (...keys: object[]) => JSON.stringify({ keys })

/** Everything real and strong: what an operator would set. */
const PRODUCTION: Env = {
  LEEMA_ENV: 'production',
  PUBLIC_URL: 'https://api.leema.kz',
  SITE_URL: 'https://www.leema.kz',
  MEDIA_URL: 'https://cdn.leema.kz',
  ALLOWED_ORIGINS: 'https://shop.leema.kz, https://admin.leema.kz',
  TRUSTED_PROXIES: '10.0.0.0/8, fd00::/8, loopback',
  LEEMA_DATA: '/var/lib/leema',
  DATABASE_URL: `postgres://leema_app:${random()}@db.internal:5432/leema`,
  DATABASE_MIGRATION_URL: `postgres://leema_owner:${random()}@db.internal:5432/leema`,
  REDIS_URL: `rediss://default:${random()}@cache.internal:6380`,
  S3_ENDPOINT: 'https://storage.example.net',
  S3_BUCKET: 'leema',
  S3_ACCESS_KEY_ID: random(12),
  S3_SECRET_ACCESS_KEY: random(30),
  SMTP_URL: `smtps://leema:${random()}@mail.internal:465`,
  GOOGLE_ISSUER: 'https://accounts.google.com',
  GOOGLE_CLIENT_ID: 'leema-site.apps.googleusercontent.com',
  GOOGLE_CLIENT_SECRET: random(),
  PAYPAL_BASE_URL: 'https://api-m.paypal.com',
  PAYPAL_CLIENT_ID: random(),
  PAYPAL_CLIENT_SECRET: random(),
  PAYPAL_WEBHOOK_ID: random(12),
  AUTH_SIGNING_KEYS: keySet(newKey()),
  DATA_ENCRYPTION_KEY: key32(),
  MEDIA_SIGNING_KEY: key32(),
}

const without = (...names: string[]): Env =>
  Object.fromEntries(Object.entries(PRODUCTION).filter(([name]) => !names.includes(name)))
const withPassword = (name: string, password: string): Env => {
  const url = new URL(PRODUCTION[name] ?? '')
  url.password = password
  return { [name]: url.href }
}

/** The refusal, which names no value of the environment: neither whole nor the secret part of an address. */
function refusalOf(env: Env): string {
  try {
    readConfig(env)
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    const { message, stack = '', cause } = error
    expect(cause).toBeUndefined()
    for (const [name, value] of Object.entries(env)) {
      const password = URL.canParse(value) ? new URL(value).password : ''
      for (const secret of [value, password].filter((text) => text.length > 5 && text !== 'production'))
        expect(message + stack, `the value of ${name}`).not.toContain(secret)
    }
    return message
  }
  return 'accepted'
}

test('a complete production environment is accepted', () => {
  const { is_production, allowed_origins, trusted_proxies } = readConfig(PRODUCTION)
  expect(is_production).toBe(true)
  const hosts = ['api', 'www', 'shop', 'admin']
  expect(allowed_origins).toEqual(hosts.map((host) => `https://${host}.leema.kz`))
  expect(trusted_proxies).toEqual(['10.0.0.0/8', 'fd00::/8', 'loopback'])
})

test('PayPal has no tenge: the two together are refused, with a stand-in they are not', () => {
  const tenge = { ...PRODUCTION, PLATFORM_CURRENCY: 'KZT' }
  expect(() => readConfig(tenge)).toThrow('PLATFORM_CURRENCY: PayPal does not take KZT')
  const local = { ...tenge, LEEMA_ENV: 'development', PAYPAL_BASE_URL: 'http://localhost:8002' }
  expect(readConfig(local).currency).toBe('KZT')
})

test('two persons are asked for only where it is configured, and a word that is no answer is refused (Z-06)', () => {
  expect(readConfig(PRODUCTION).two_person_rule).toBe(false)
  expect(readConfig({ ...PRODUCTION, TWO_PERSON_RULE: 'true' }).two_person_rule).toBe(true)
  expect(refusalOf({ ...PRODUCTION, TWO_PERSON_RULE: 'sometimes' })).toContain('TWO_PERSON_RULE')
})

describe('missing (O-04)', () => {
  const REQUIRED = [
    'PUBLIC_URL',
    'LEEMA_DATA',
    'DATABASE_URL',
    'GOOGLE_ISSUER',
    'GOOGLE_CLIENT_ID',
    'GOOGLE_CLIENT_SECRET',
    'PAYPAL_BASE_URL',
    'PAYPAL_CLIENT_ID',
    'PAYPAL_CLIENT_SECRET',
    'PAYPAL_WEBHOOK_ID',
    'AUTH_SIGNING_KEYS',
    'DATA_ENCRYPTION_KEY',
    'MEDIA_SIGNING_KEY',
    'S3_BUCKET',
    'SMTP_URL',
  ]
  test.each(REQUIRED)('%s', (name) => {
    expect(refusalOf(without(name))).toContain(name)
    expect(refusalOf({ ...PRODUCTION, [name]: '' }), 'empty is missing').toContain(name)
  })

  test('all that is missing is named at once', () => {
    const message = refusalOf({ LEEMA_ENV: 'production' })
    for (const name of REQUIRED.slice(0, 13)) expect(message).toContain(name)
  })
})

/** Of RFC 7515, appendix A.3. */
const PUBLISHED = 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI'
const leakedKey = {
  ...newKey(),
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  d: PUBLISHED,
}
const { d: _private, ...publicKey } = newKey()

describe('keys that are none (O-04)', () => {
  const KEYS: [what: string, name: string, env: Env][] = [
    ['31 bytes', 'DATA_ENCRYPTION_KEY', { DATA_ENCRYPTION_KEY: randomBytes(31).toString('base64') }],
    ['33 bytes', 'DATA_ENCRYPTION_KEY', { DATA_ENCRYPTION_KEY: randomBytes(33).toString('base64') }],
    ['hex', 'DATA_ENCRYPTION_KEY', { DATA_ENCRYPTION_KEY: randomBytes(32).toString('hex') }],
    ['zeros', 'DATA_ENCRYPTION_KEY', { DATA_ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') }],
    [
      'a repeated word',
      'MEDIA_SIGNING_KEY',
      { MEDIA_SIGNING_KEY: Buffer.from('leema-media-leema-media-leema-me').toString('base64') },
    ],
    ['a sentence', 'MEDIA_SIGNING_KEY', { MEDIA_SIGNING_KEY: 'your-secret-key-change-in-production' }],
    ['the same key twice', 'MEDIA_SIGNING_KEY', { MEDIA_SIGNING_KEY: PRODUCTION.DATA_ENCRYPTION_KEY ?? '' }],
    ['no JSON', 'AUTH_SIGNING_KEYS', { AUTH_SIGNING_KEYS: random(48) }],
    ['an empty set', 'AUTH_SIGNING_KEYS', { AUTH_SIGNING_KEYS: keySet() }],
    [
      'a shared secret',
      'AUTH_SIGNING_KEYS',
      { AUTH_SIGNING_KEYS: keySet({ kty: 'oct', kid: 'a', k: random(64) }) },
    ],
    ['a public key', 'AUTH_SIGNING_KEYS', { AUTH_SIGNING_KEYS: keySet(publicKey) }],
    ['a short private part', 'AUTH_SIGNING_KEYS', { AUTH_SIGNING_KEYS: keySet({ ...newKey(), d: 'AQ' }) }],
    [
      'the private part of another key',
      'AUTH_SIGNING_KEYS',
      { AUTH_SIGNING_KEYS: keySet({ ...newKey(), d: newKey().d }) },
    ],
    ['a key without a name', 'AUTH_SIGNING_KEYS', { AUTH_SIGNING_KEYS: keySet({ ...newKey(), kid: '' }) }],
    ['two keys of one name', 'AUTH_SIGNING_KEYS', { AUTH_SIGNING_KEYS: keySet(newKey('a'), newKey('a')) }],
    [
      'a good key and a bad one',
      'AUTH_SIGNING_KEYS',
      { AUTH_SIGNING_KEYS: keySet(newKey('a'), { kid: 'b' }) },
    ],
    ['the key of the standard’s example', 'AUTH_SIGNING_KEYS', { AUTH_SIGNING_KEYS: keySet(leakedKey) }],
  ]
  test.each(KEYS)('%s: %s, in development, too', (_what, name, env) => {
    expect(refusalOf({ ...PRODUCTION, ...env })).toContain(`${name}: `)
    expect(refusalOf({ ...PRODUCTION, ...env, LEEMA_ENV: 'development' })).toContain(`${name}: `)
  })

  test('a second key for a change of keys is welcome', () => {
    expect(refusalOf({ ...PRODUCTION, AUTH_SIGNING_KEYS: keySet(newKey('new'), newKey('old')) })).toBe(
      'accepted',
    )
  })
})

describe('secrets that everybody knows (O-04)', () => {
  const KNOWN = [
    'your-secret-key-change-in-production',
    'd8f7a6s5d4f6a8s7d9f8a7s6d5f4a6s7d8f9a',
    'generate-random-32-chars-or-more',
    'STRONG_RANDOM_PASSWORD',
    'fashionpass',
    'changeme',
    'Change-Me',
    'CHANGE_ME_PLEASE_0123456789',
    'your_paypal_secret_0123456789',
    'replace-me-0123456789-0123456789',
    '<the secret of the console>',
    'xxxxxxxxxxxxxxxxxxxxxxxx',
    'PASSWORD',
    'minioadmin',
  ]
  const SECRETS = ['GOOGLE_CLIENT_SECRET', 'PAYPAL_CLIENT_SECRET', 'S3_SECRET_ACCESS_KEY']
  test.each(KNOWN.flatMap((secret) => SECRETS.map((name) => [name, secret] as const)))(
    '%s %s',
    (name, secret) => {
      expect(refusalOf({ ...PRODUCTION, [name]: secret })).toContain(`${name}: is a known or example secret`)
    },
  )

  const PASSWORDS = ['DATABASE_URL', 'DATABASE_MIGRATION_URL', 'REDIS_URL', 'SMTP_URL']
  test.each(PASSWORDS)('the password in %s', (name) => {
    for (const password of KNOWN)
      expect(refusalOf({ ...PRODUCTION, ...withPassword(name, password) }), password).toContain(`${name}: `)
  })
})

describe('too short (O-04)', () => {
  test.each(['GOOGLE_CLIENT_SECRET', 'PAYPAL_CLIENT_SECRET', 'S3_SECRET_ACCESS_KEY'])('%s', (name) => {
    expect(refusalOf({ ...PRODUCTION, [name]: random(11) })).toContain(`${name}: is too short`)
    expect(refusalOf({ ...PRODUCTION, [name]: random(12) })).toBe('accepted')
  })
  test.each(['DATABASE_URL', 'DATABASE_MIGRATION_URL', 'REDIS_URL', 'SMTP_URL'])(
    'the password in %s',
    (name) => {
      expect(refusalOf({ ...PRODUCTION, ...withPassword(name, random(11)) })).toContain(
        `${name}: its password is too short`,
      )
    },
  )
  test.each(['DATABASE_URL', 'DATABASE_MIGRATION_URL'])('no password at all in %s', (name) => {
    expect(refusalOf({ ...PRODUCTION, ...withPassword(name, '') })).toContain(`${name}: has no password`)
  })
})

describe('stand-ins that would lose data or let anybody in (O-04)', () => {
  const EMBEDDED: [name: string, env: Env][] = [
    ['DATABASE_URL', { DATABASE_EMBEDDED: 'true' }],
    ['DATABASE_URL', { DATABASE_MIGRATION_URL: PRODUCTION.DATABASE_URL ?? '' }],
    ['AUTH_SIGNING_KEYS', { SECRETS_ARE_GENERATED: 'true' }],
    ['S3_BUCKET', { S3_BUCKET: '' }],
    ['SMTP_URL', { SMTP_URL: '' }],
    ...['http://localhost:9000', 'http://127.0.0.1:9000', 'http://[::1]:9000', 'https://localhost'].flatMap(
      (url): [string, Env][] => [
        ['GOOGLE_ISSUER', { GOOGLE_ISSUER: url }],
        ['APPLE_ISSUER', { APPLE_ISSUER: url }],
        ['PAYPAL_BASE_URL', { PAYPAL_BASE_URL: url }],
      ],
    ),
    ['PUBLIC_URL', { PUBLIC_URL: 'http://api.leema.kz' }],
    ['SITE_URL', { SITE_URL: 'http://www.leema.kz' }],
    ['MEDIA_URL', { MEDIA_URL: 'http://cdn.leema.kz' }],
    ['GOOGLE_ISSUER', { GOOGLE_ISSUER: 'http://accounts.google.com' }],
    ['PAYPAL_BASE_URL', { PAYPAL_BASE_URL: 'http://api-m.paypal.com' }],
    ['ALLOWED_ORIGINS', { ALLOWED_ORIGINS: 'http://localhost:5173' }],
    ['ALLOWED_ORIGINS', { ALLOWED_ORIGINS: 'https://a.kz,http://b.kz' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'debug' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'trace' }],
  ]
  test.each(EMBEDDED)('%s %o', (name, env) => {
    expect(refusalOf({ ...PRODUCTION, ...env })).toContain(`${name}`)
  })

  test('all of them are named at once', () => {
    const message = refusalOf({ ...PRODUCTION, DATABASE_EMBEDDED: 'true', S3_BUCKET: '', SMTP_URL: '' })
    for (const name of ['DATABASE_URL', 'S3_BUCKET', 'SMTP_URL']) expect(message).toContain(`\n  ${name}: `)
  })

  test('in development they are what it is for', () => {
    const env = {
      LEEMA_ENV: 'development',
      DATABASE_EMBEDDED: 'true',
      SECRETS_ARE_GENERATED: 'true',
      S3_BUCKET: '',
      SMTP_URL: '',
    }
    const local = {
      PUBLIC_URL: 'http://localhost:8000',
      SITE_URL: '',
      MEDIA_URL: '',
      GOOGLE_ISSUER: 'http://localhost:9',
    }
    expect(refusalOf({ ...PRODUCTION, ...env, ...local })).toBe('accepted')
  })
})

describe('values that nothing can be done with', () => {
  const BROKEN: [name: string, value: string][] = [
    ['LEEMA_ENV', 'staging'],
    ['PORT', '65536'],
    ['PORT', 'eighty'],
    ['PUBLIC_URL', 'api.leema.kz'],
    ['PUBLIC_URL', 'https://'],
    ['PUBLIC_URL', 'https://a b'],
    ['SITE_URL', 'javascript:alert(1)'],
    ['DATABASE_URL', 'mysql://a:b@c/d'],
    ['DATABASE_URL', `postgres://a:${'%zz'}never-shown@c/d`],
    ['DATABASE_POOL_SIZE', '1'],
    ['SMTP_URL', 'http://mail'],
    ['S3_ENDPOINT', 'https://'],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'null'],
    ['ALLOWED_ORIGINS', 'https://a.kz/path'],
    ['ALLOWED_ORIGINS', 'https://*.leema.kz'],
    ['TRUSTED_PROXIES', '*'],
    ['TRUSTED_PROXIES', 'true'],
    ['TRUSTED_PROXIES', '0.0.0.0/0'],
    ['TRUSTED_PROXIES', '::/0'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', 'proxy.internal'],
    ['LOG_LEVEL', 'loud'],
    ['PLATFORM_CURRENCY', 'EUR'],
    ['APP_LINK_SCHEME', 'javascript:'],
    ['UPLOAD_BYTES_MAX', '0'],
  ]
  test.each(BROKEN)('%s=%s', (name, value) => {
    expect(refusalOf({ ...PRODUCTION, [name]: value })).toContain(name)
  })
})
