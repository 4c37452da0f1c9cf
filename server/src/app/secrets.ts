import { createHash } from 'node:crypto'

/** Texts that stand in examples, tutorials or the first version's published code. As good as no secret. */
const KNOWN_LEAKED = new Set(
  [
    'your-secret-key-change-in-production',
    'd8f7a6s5d4f6a8s7d9f8a7s6d5f4a6s7d8f9a',
    'generate-random-32-chars-or-more',
    'STRONG_RANDOM_PASSWORD',
    'fashionpass',
    'fashionuser',
    'changeme',
    'change-me',
    'password',
    'postgres',
    'secret',
    'admin',
    'leema',
    'minioadmin',
    'example',
  ].map(digest),
)

const KEY_BYTES = 32

type Env = Record<string, unknown>

/**
 * Weak, example or known-leaked secrets, one line each; names the variable, never its value (readiness row O-04).
 * Outside production an own password of the database may be anything: it is reachable from this machine only.
 */
export function checkSecrets(env: Env): string[] {
  return [
    ...checkKey('DATA_ENCRYPTION_KEY', env),
    ...checkKey('MEDIA_SIGNING_KEY', env),
    ...checkSigningKeys(env),
    ...checkPasswords(env),
    ...(env.DATA_ENCRYPTION_KEY === env.MEDIA_SIGNING_KEY
      ? ['MEDIA_SIGNING_KEY: must differ from DATA_ENCRYPTION_KEY']
      : []),
  ]
}

function checkKey(name: string, env: Env): string[] {
  const text = String(env[name])
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== KEY_BYTES || bytes.toString('base64') !== text)
    return [`${name}: must be ${KEY_BYTES} random bytes in base64`]
  // A random key of 32 bytes has about 30 different ones; repeated or typed text has few.
  return new Set(bytes).size < 16 ? [`${name}: is not random`] : []
}

function checkSigningKeys(env: Env): string[] {
  const name = 'AUTH_SIGNING_KEYS'
  try {
    const parsed: unknown = JSON.parse(String(env[name]))
    const keys =
      typeof parsed === 'object' && parsed !== null && 'keys' in parsed && Array.isArray(parsed.keys)
        ? parsed.keys
        : []
    if (keys.length === 0) return [`${name}: has no keys`]
    const usable = (key: Record<string, unknown>) =>
      key.kty === 'EC' &&
      key.crv === 'P-256' &&
      [key.kid, key.d, key.x, key.y].every((part) => typeof part === 'string' && part.length > 0)
    return keys.every(usable) ? [] : [`${name}: every key must be a private P-256 key with a kid`]
  } catch {
    return [`${name}: must be a JSON Web Key Set`]
  }
}

function checkPasswords(env: Env): string[] {
  const findings: string[] = []
  const production = env.LEEMA_ENV === 'production'
  for (const name of ['DATABASE_URL', 'DATABASE_MIGRATION_URL', 'REDIS_URL', 'SMTP_URL']) {
    const password = passwordOf(env[name])
    if (password !== null && isLeaked(password))
      findings.push(`${name}: its password is a known or example one`)
    else if (production && password !== null && password.length < 16)
      findings.push(`${name}: its password is too short (16 at least)`)
    else if (production && name.startsWith('DATABASE') && env[name] !== undefined && password === null)
      findings.push(`${name}: has no password`)
  }
  for (const name of ['GOOGLE_CLIENT_SECRET', 'PAYPAL_CLIENT_SECRET', 'S3_SECRET_ACCESS_KEY']) {
    if (typeof env[name] === 'string' && isLeaked(env[name]))
      findings.push(`${name}: is a known or example secret`)
  }
  return findings
}

function passwordOf(url: unknown): string | null {
  if (typeof url !== 'string' || !URL.canParse(url)) return null
  return decodeURIComponent(new URL(url).password) || null
}

function isLeaked(text: string): boolean {
  return KNOWN_LEAKED.has(digest(text)) || KNOWN_LEAKED.has(digest(text.toLowerCase()))
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
