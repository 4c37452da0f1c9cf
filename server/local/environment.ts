import type { EmbeddedPostgres } from './postgres.ts'
import type { LocalSecrets } from './secrets.ts'
import type { Settings } from './settings.ts'

type Env = NodeJS.ProcessEnv

/** Address and credentials of a local program, or of the real service that stands in its place. */
export type LocalPorts = { google: number; paypal: number }

/** The local issuer is started unless the real one is configured. */
export function usesLocalGoogle(env: Env): boolean {
  return !env.GOOGLE_CLIENT_ID
}

/** The local payment program is started unless the real one is configured. */
export function usesLocalPaypal(env: Env): boolean {
  return !env.PAYPAL_CLIENT_ID
}

/** Sign-in is accepted for these clients of ours beside the site: the phone apps and the mobile web (contract 2.1.1). */
const EXTRA_AUDIENCES = ['leema-ios', 'leema-android', 'leema-mobile-web']

/** What the server gets: the caller's environment, and local values where the caller set nothing. */
export function serverEnvironment(
  env: Env,
  parts: {
    settings: Settings
    secrets: LocalSecrets
    postgres: EmbeddedPostgres | undefined
    ports: LocalPorts
    data_folder: string
  },
): Env {
  const { settings, secrets, postgres, ports } = parts
  const has_own_secrets = ['AUTH_SIGNING_KEYS', 'DATA_ENCRYPTION_KEY', 'MEDIA_SIGNING_KEY'].every(
    (name) => env[name],
  )
  const defaults: Env = {
    LEEMA_ENV: 'development',
    // glibc keeps freed memory per thread: with two arenas two dozen large pictures took 320 MB instead of 470.
    MALLOC_ARENA_MAX: '2',
    HOST: settings.host,
    PUBLIC_URL: settings.public_url,
    ALLOWED_ORIGINS: otherNamesOf(settings).join(','),
    AUTH_SIGNING_KEYS: JSON.stringify(secrets.auth_signing_keys),
    DATA_ENCRYPTION_KEY: secrets.data_encryption_key,
    MEDIA_SIGNING_KEY: secrets.media_signing_key,
    SECRETS_ARE_GENERATED: String(!has_own_secrets),
    ...(postgres
      ? {
          DATABASE_URL: postgres.app_url,
          DATABASE_MIGRATION_URL: postgres.owner_url,
          DATABASE_EMBEDDED: 'true',
        }
      : {}),
    ...(usesLocalGoogle(env)
      ? {
          GOOGLE_ISSUER: localUrl(settings, ports.google),
          GOOGLE_CLIENT_ID: 'leema-site',
          GOOGLE_CLIENT_SECRET: secrets.google_client_secret,
          GOOGLE_EXTRA_AUDIENCES: EXTRA_AUDIENCES.join(','),
        }
      : { GOOGLE_ISSUER: 'https://accounts.google.com' }),
    ...(usesLocalPaypal(env)
      ? {
          PAYPAL_BASE_URL: localUrl(settings, ports.paypal),
          PAYPAL_CLIENT_ID: secrets.paypal_client_id,
          PAYPAL_CLIENT_SECRET: secrets.paypal_client_secret,
          PAYPAL_WEBHOOK_ID: secrets.paypal_webhook_id,
        }
      : {}),
  }
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  return { ...defaults, ...given, PORT: String(settings.port), LEEMA_DATA: parts.data_folder }
}

/** A local program gets only what it needs; never the keys of the server. */
export function programEnvironment(server_env: Env, prefix: 'GOOGLE_' | 'PAYPAL_', port: number): Env {
  const names = ['PATH', 'HOME', 'LANG', 'TZ', 'HOST', 'PUBLIC_URL', 'LEEMA_DATA', 'NODE_EXTRA_CA_CERTS']
  const passed = Object.entries(server_env).filter(
    ([name]) => names.includes(name) || name.startsWith(prefix),
  )
  return { ...Object.fromEntries(passed), PORT: String(port) }
}

/** Signing in by cookies wants an origin of ours, and people open this machine by its number as well. */
function otherNamesOf({ is_production, public_url }: Settings): string[] {
  const { protocol, hostname, port } = new URL(public_url)
  return !is_production && hostname === 'localhost' ? [new URL(`${protocol}//127.0.0.1:${port}`).origin] : []
}

/** Local programs are reached under the same host name as the site, so that a phone in the same network finds them too. */
function localUrl(settings: Settings, port: number): string {
  return `http://${new URL(settings.public_url).hostname}:${port}`
}
