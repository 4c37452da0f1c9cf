import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { checkAddresses, list } from './addresses.ts'
import { checkSecrets } from './secrets.ts'

export const ROLES = ['api', 'worker', 'realtime', 'scheduler'] as const
export type Role = (typeof ROLES)[number]

const Url = Type.String({ pattern: '^https?://' })
const optional = <T extends Parameters<typeof Type.Optional>[0]>(schema: T) => Type.Optional(schema)

/** Every variable the server reads; documented in `.env.example`. */
const Environment = Type.Object({
  LEEMA_ENV: Type.Enum(['development', 'test', 'production'], { default: 'development' }),
  HOST: Type.String({ default: '127.0.0.1' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 8000 }),
  PUBLIC_URL: Url,
  SITE_URL: optional(Url),
  MEDIA_URL: optional(Url),
  ALLOWED_ORIGINS: Type.String({ default: '' }),
  TRUSTED_PROXIES: Type.String({ default: '' }),
  LEEMA_DATA: Type.String({ minLength: 1 }),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], { default: 'info' }),
  APP_NAME: Type.String({ default: 'Leema' }),
  PLATFORM_CURRENCY: Type.Enum(['USD', 'KZT'], { default: 'USD' }),
  DATABASE_URL: Type.String({ pattern: '^postgres(ql)?://' }),
  DATABASE_MIGRATION_URL: optional(Type.String({ pattern: '^postgres(ql)?://' })),
  DATABASE_POOL_SIZE: Type.Integer({ minimum: 2, maximum: 200, default: 15 }),
  DATABASE_EMBEDDED: Type.Boolean({ default: false }),
  AUTH_SIGNING_KEYS: Type.String({ minLength: 1 }),
  DATA_ENCRYPTION_KEY: Type.String({ minLength: 1 }),
  MEDIA_SIGNING_KEY: Type.String({ minLength: 1 }),
  SECRETS_ARE_GENERATED: Type.Boolean({ default: false }),
  REDIS_URL: optional(Type.String({ minLength: 1 })),
  S3_ENDPOINT: optional(Url),
  S3_REGION: Type.String({ default: 'auto' }),
  S3_BUCKET: optional(Type.String({ minLength: 1 })),
  S3_ACCESS_KEY_ID: optional(Type.String({ minLength: 1 })),
  S3_SECRET_ACCESS_KEY: optional(Type.String({ minLength: 1 })),
  SMTP_URL: optional(Type.String({ pattern: '^smtps?://' })),
  MAIL_FROM: Type.String({ default: 'Leema <no-reply@leema.kz>' }),
  GOOGLE_ISSUER: Url,
  GOOGLE_CLIENT_ID: Type.String({ minLength: 1 }),
  GOOGLE_CLIENT_SECRET: Type.String({ minLength: 1 }),
  GOOGLE_EXTRA_AUDIENCES: Type.String({ default: '' }),
  APPLE_ISSUER: Type.String({ pattern: '^https?://', default: 'https://appleid.apple.com' }),
  APPLE_TEAM_ID: optional(Type.String({ minLength: 1 })),
  APPLE_SERVICE_ID: optional(Type.String({ minLength: 1 })),
  APPLE_KEY_ID: optional(Type.String({ minLength: 1 })),
  APPLE_PRIVATE_KEY: optional(Type.String({ minLength: 1 })),
  APPLE_EXTRA_AUDIENCES: Type.String({ default: '' }),
  TELEGRAM_BOT_TOKEN: optional(Type.String({ pattern: '^\\d{6,}:[\\w-]{30,}$' })),
  PASSKEY_RP_ID: optional(Type.String({ pattern: '^[a-z0-9.-]+$' })),
  PAYPAL_BASE_URL: Url,
  PAYPAL_CLIENT_ID: Type.String({ minLength: 1 }),
  PAYPAL_CLIENT_SECRET: Type.String({ minLength: 1 }),
  PAYPAL_WEBHOOK_ID: Type.String({ minLength: 1 }),
  APP_LINK_SCHEME: Type.String({ default: 'myapp://', pattern: '^[a-z][a-z0-9+.-]*://$' }),
  UPLOAD_BYTES_MAX: Type.Integer({ minimum: 1_000, default: 10_485_760 }),
  TWO_PERSON_RULE: Type.Boolean({ default: false }),
})

type Env = Static<typeof Environment>

export type Config = ReturnType<typeof shape>

/** A refusal to start. The message names variables, never their values. */
export class ConfigurationError extends Error {}

/** @throws ConfigurationError when a variable is missing, malformed, weak, known to have leaked, or unfit for production */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([key, value]) => key in Environment.properties && value !== ''),
  )
  const converted = Value.Convert(Environment, Value.Default(Environment, given))
  if (!Value.Check(Environment, converted)) {
    const names = [...new Set(Value.Errors(Environment, converted).flatMap(variableNames))]
    throw new ConfigurationError(`configuration is incomplete or malformed: ${names.join(', ')}`)
  }
  const findings = [
    ...currencyFindings(converted),
    ...checkAddresses(converted),
    ...checkSecrets(converted),
    ...checkPasskeyDomain(converted),
    ...(converted.LEEMA_ENV === 'production' ? unfitForProduction(converted) : []),
  ]
  if (findings.length > 0) throw new ConfigurationError(`configuration refused:\n  ${findings.join('\n  ')}`)
  return shape(converted)
}

function variableNames(error: { instancePath: string; params: object }): string[] {
  const missing =
    'requiredProperties' in error.params && Array.isArray(error.params.requiredProperties)
      ? error.params.requiredProperties
      : []
  const own = error.instancePath.split('/')[1]
  return own ? [own] : missing.map(String)
}

/** Browsers make passkeys only for the host of the page or a parent of it. */
function checkPasskeyDomain({ PASSKEY_RP_ID: domain, SITE_URL, PUBLIC_URL }: Env): string[] {
  const { hostname } = new URL(SITE_URL ?? PUBLIC_URL)
  const fits = domain === undefined || hostname === domain || hostname.endsWith(`.${domain}`)
  return fits ? [] : ['PASSKEY_RP_ID: must be the host of SITE_URL or a parent of it']
}

/** PayPal has no tenge (its list of currency codes): with it every top-up would fail. */
function currencyFindings(env: Env): string[] {
  const is_real = /(^|\.)paypal\.com$/.test(new URL(env.PAYPAL_BASE_URL).hostname)
  return is_real && env.PLATFORM_CURRENCY === 'KZT' ? ['PLATFORM_CURRENCY: PayPal does not take KZT'] : []
}

/** Embedded parts that would lose data or let anybody in (readiness rows O-04, A-16). */
function unfitForProduction(env: Env): string[] {
  const local = (url: string) => /^https?:\/\/(localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(url)
  const checks: [boolean, string][] = [
    [env.DATABASE_EMBEDDED, 'DATABASE_URL: the embedded database is not for production'],
    [
      env.DATABASE_MIGRATION_URL !== undefined &&
        roleOf(env.DATABASE_MIGRATION_URL) === roleOf(env.DATABASE_URL),
      'DATABASE_URL: its role must not be that of DATABASE_MIGRATION_URL: row security does not bind the owner',
    ],
    [
      env.SECRETS_ARE_GENERATED,
      'AUTH_SIGNING_KEYS, DATA_ENCRYPTION_KEY, MEDIA_SIGNING_KEY: generated development secrets are not for production',
    ],
    [!env.S3_BUCKET, 'S3_BUCKET: a local folder of one machine is not for production'],
    [!env.SMTP_URL, 'SMTP_URL: the mailbox page lets anybody read mails'],
    [local(env.GOOGLE_ISSUER), 'GOOGLE_ISSUER: the local issuer lets anybody in'],
    [local(env.APPLE_ISSUER), 'APPLE_ISSUER: the local issuer lets anybody in'],
    [local(env.PAYPAL_BASE_URL), 'PAYPAL_BASE_URL: the local payment program takes no money'],
    [env.LOG_LEVEL === 'trace' || env.LOG_LEVEL === 'debug', 'LOG_LEVEL: debug is off in production'],
  ]
  return checks.filter(([unfit]) => unfit).map(([, message]) => message)
}

function roleOf(database_url: string): string {
  return URL.canParse(database_url) ? new URL(database_url).username : database_url
}

function shape(env: Env) {
  const public_origin = new URL(env.PUBLIC_URL).origin
  const site_origin = new URL(env.SITE_URL ?? env.PUBLIC_URL).origin
  return {
    env: env.LEEMA_ENV,
    is_production: env.LEEMA_ENV === 'production',
    app_name: env.APP_NAME,
    host: env.HOST,
    port: env.PORT,
    public_origin,
    site_origin,
    media_origin: new URL(env.MEDIA_URL ?? env.PUBLIC_URL).origin,
    allowed_origins: [...new Set([public_origin, site_origin, ...list(env.ALLOWED_ORIGINS)])],
    trusted_proxies: list(env.TRUSTED_PROXIES),
    data_folder: env.LEEMA_DATA,
    log_level: env.LOG_LEVEL,
    currency: env.PLATFORM_CURRENCY,
    database: {
      url: env.DATABASE_URL,
      owner_url: env.DATABASE_MIGRATION_URL ?? env.DATABASE_URL,
      pool_size: env.DATABASE_POOL_SIZE,
    },
    auth_signing_keys: env.AUTH_SIGNING_KEYS,
    data_encryption_key: Buffer.from(env.DATA_ENCRYPTION_KEY, 'base64'),
    media_signing_key: Buffer.from(env.MEDIA_SIGNING_KEY, 'base64'),
    redis_url: env.REDIS_URL ?? null,
    s3: env.S3_BUCKET
      ? {
          endpoint: env.S3_ENDPOINT ?? null,
          region: env.S3_REGION,
          bucket: env.S3_BUCKET,
          access_key_id: env.S3_ACCESS_KEY_ID ?? '',
          secret_access_key: env.S3_SECRET_ACCESS_KEY ?? '',
        }
      : null,
    smtp_url: env.SMTP_URL ?? null,
    mail_from: env.MAIL_FROM,
    google: {
      issuer: env.GOOGLE_ISSUER,
      client_id: env.GOOGLE_CLIENT_ID,
      client_secret: env.GOOGLE_CLIENT_SECRET,
      audiences: [env.GOOGLE_CLIENT_ID, ...list(env.GOOGLE_EXTRA_AUDIENCES)],
    },
    apple: appleOf(env),
    telegram_bot_token: env.TELEGRAM_BOT_TOKEN ?? null,
    passkey_rp_id: env.PASSKEY_RP_ID ?? new URL(site_origin).hostname,
    paypal: {
      base_url: env.PAYPAL_BASE_URL,
      client_id: env.PAYPAL_CLIENT_ID,
      client_secret: env.PAYPAL_CLIENT_SECRET,
      webhook_id: env.PAYPAL_WEBHOOK_ID,
    },
    app_link_scheme: env.APP_LINK_SCHEME,
    upload_bytes_max: env.UPLOAD_BYTES_MAX,
    two_person_rule: env.TWO_PERSON_RULE,
  }
}

/** Null when incomplete: then Apple's endpoints answer 503 and the button is hidden (contract 4.15). */
function appleOf(env: Env) {
  const { APPLE_TEAM_ID, APPLE_SERVICE_ID, APPLE_KEY_ID, APPLE_PRIVATE_KEY } = env
  if (!APPLE_TEAM_ID || !APPLE_SERVICE_ID || !APPLE_KEY_ID || !APPLE_PRIVATE_KEY) return null
  return {
    issuer: env.APPLE_ISSUER,
    team_id: APPLE_TEAM_ID,
    service_id: APPLE_SERVICE_ID,
    key_id: APPLE_KEY_ID,
    private_key: APPLE_PRIVATE_KEY,
    audiences: [APPLE_SERVICE_ID, ...list(env.APPLE_EXTRA_AUDIENCES)],
  }
}
