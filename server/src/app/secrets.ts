import { createECDH, createHash } from 'node:crypto'

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
    // The private key of RFC 7515, appendix A.3, which stands in many a tutorial.
    'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
  ].map(digest),
)

/** What a person writes where a secret should be filled in. */
const PLACEHOLDER = /change.?me|change.?this|your[-_ ]|placeholder|replace.?me|^<.*>$|^(x{4,}|\.{3,})$/i

const KEY_BYTES = 32
/** Of passwords and of secrets that other services gave, in production. */
const SECRET_LENGTH_MIN = 16

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
    if (!keys.every(isSigningKey)) return [`${name}: every key must be a private P-256 key with a kid`]
    if (new Set(keys.map(({ kid }) => kid)).size < keys.length)
      return [`${name}: every key needs its own kid`]
    return keys.some(({ d }) => isLeaked(String(d))) ? [`${name}: a key is a known or example one`] : []
  } catch {
    return [`${name}: must be a JSON Web Key Set`]
  }
}

/** The private part must be there, and belong to the public one. */
function isSigningKey({ kty, crv, kid, d, x, y }: Record<string, unknown>): boolean {
  if (kty !== 'EC' || crv !== 'P-256' || typeof kid !== 'string' || kid === '') return false
  const secret = Buffer.from(String(d), 'base64url')
  if (secret.length !== KEY_BYTES) return false
  try {
    const curve = createECDH('prime256v1')
    curve.setPrivateKey(secret)
    const point = curve.getPublicKey()
    return [x, y].every(
      (text, index) => text === point.toString('base64url', 1 + 32 * index, 33 + 32 * index),
    )
  } catch {
    return false
  }
}

function checkPasswords(env: Env): string[] {
  const findings: string[] = []
  const production = env.LEEMA_ENV === 'production'
  for (const name of ['DATABASE_URL', 'DATABASE_MIGRATION_URL', 'REDIS_URL', 'SMTP_URL']) {
    const password = passwordOf(env[name])
    if (password !== null && isLeaked(password))
      findings.push(`${name}: its password is a known or example one`)
    else if (production && password !== null && password.length < SECRET_LENGTH_MIN)
      findings.push(`${name}: its password is too short (${SECRET_LENGTH_MIN} at least)`)
    else if (production && name.startsWith('DATABASE') && env[name] !== undefined && password === null)
      findings.push(`${name}: has no password`)
  }
  for (const name of [
    'GOOGLE_CLIENT_SECRET',
    'PAYPAL_CLIENT_SECRET',
    'S3_SECRET_ACCESS_KEY',
    'TELEGRAM_BOT_TOKEN',
  ]) {
    const secret = env[name]
    if (typeof secret !== 'string') continue
    if (isLeaked(secret)) findings.push(`${name}: is a known or example secret`)
    else if (production && secret.length < SECRET_LENGTH_MIN)
      findings.push(`${name}: is too short (${SECRET_LENGTH_MIN} at least)`)
  }
  return findings
}

function passwordOf(url: unknown): string | null {
  if (typeof url !== 'string' || !URL.canParse(url)) return null
  const { password } = new URL(url)
  try {
    return decodeURIComponent(password) || null
  } catch {
    return password
  }
}

function isLeaked(text: string): boolean {
  return (
    PLACEHOLDER.test(text) || KNOWN_LEAKED.has(digest(text)) || KNOWN_LEAKED.has(digest(text.toLowerCase()))
  )
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
