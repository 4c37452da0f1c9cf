import { isIP } from 'node:net'

type Env = Record<string, unknown>

const URLS = [
  'PUBLIC_URL',
  'SITE_URL',
  'MEDIA_URL',
  'DATABASE_URL',
  'DATABASE_MIGRATION_URL',
  'S3_ENDPOINT',
  'SMTP_URL',
  'GOOGLE_ISSUER',
  'APPLE_ISSUER',
  'PAYPAL_BASE_URL',
]
/** What browsers, passwords and money travel over. */
const HTTPS_IN_PRODUCTION = [
  'PUBLIC_URL',
  'SITE_URL',
  'MEDIA_URL',
  'GOOGLE_ISSUER',
  'APPLE_ISSUER',
  'PAYPAL_BASE_URL',
]
/** Names that the reverse-proxy rules of the HTTP framework know. */
const NAMED_NETWORKS = ['loopback', 'linklocal', 'uniquelocal']

/** Addresses that nobody could use, or that would let everybody in; one line each, names only. */
export function checkAddresses(env: Env): string[] {
  const production = env.LEEMA_ENV === 'production'
  const origins = list(env.ALLOWED_ORIGINS)
  const checks: [boolean, string][] = [
    ...URLS.map((name): [boolean, string] => [!isAddress(env[name]), `${name}: is not an address`]),
    ...HTTPS_IN_PRODUCTION.map((name): [boolean, string] => [
      production && env[name] !== undefined && !String(env[name]).startsWith('https://'),
      `${name}: must be https`,
    ]),
    [!origins.every(isOrigin), 'ALLOWED_ORIGINS: every entry must be an origin like https://shop.example'],
    [
      production && !origins.every((origin) => origin.startsWith('https://')),
      'ALLOWED_ORIGINS: must be https',
    ],
    [
      !list(env.TRUSTED_PROXIES).every(isNetwork),
      'TRUSTED_PROXIES: every entry must be an address or a network, and not all of them',
    ],
  ]
  return checks.filter(([wrong]) => wrong).map(([, message]) => message)
}

export function list(text: unknown): string[] {
  return String(text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}

function isAddress(value: unknown): boolean {
  if (value === undefined) return true
  try {
    const { username, password } = new URL(String(value))
    return decodeURIComponent(username + password) !== null
  } catch {
    return false
  }
}

function isOrigin(text: string): boolean {
  return !text.includes('*') && URL.canParse(text) && new URL(text).origin === text
}

function isNetwork(text: string): boolean {
  if (NAMED_NETWORKS.includes(text)) return true
  const [address = '', prefix, ...more] = text.split('/')
  const bits = isIP(address) === 6 ? 128 : 32
  if (isIP(address) === 0 || more.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= bits)
}
