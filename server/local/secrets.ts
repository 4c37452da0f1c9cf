import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseObject, writeWhole } from './files.ts'

/** Everything secret that an installation on one machine needs; made once, kept in `<data>/secrets.json` (0600). */
export type LocalSecrets = {
  auth_signing_keys: { keys: object[] }
  data_encryption_key: string
  media_signing_key: string
  database_superuser_password: string
  database_owner_password: string
  database_app_password: string
  google_client_secret: string
  paypal_client_id: string
  paypal_client_secret: string
  paypal_webhook_id: string
}

/** Reads the secrets of a data folder; makes those that are not there yet. */
export function localSecrets(data_folder: string): LocalSecrets {
  const file = join(data_folder, 'secrets.json')
  const kept: Partial<LocalSecrets> = existsSync(file) ? parseObject(readFileSync(file, 'utf8')) : {}
  const secrets = { ...freshSecrets(), ...kept }
  if (Object.keys(secrets).length !== Object.keys(kept).length) {
    writeWhole(file, `${JSON.stringify(secrets, null, 2)}\n`)
  }
  return secrets
}

function freshSecrets(): LocalSecrets {
  return {
    auth_signing_keys: { keys: [newSigningKey()] },
    data_encryption_key: randomBytes(32).toString('base64'),
    media_signing_key: randomBytes(32).toString('base64'),
    database_superuser_password: token(),
    database_owner_password: token(),
    database_app_password: token(),
    google_client_secret: token(),
    paypal_client_id: token(),
    paypal_client_secret: token(),
    paypal_webhook_id: token(),
  }
}

/** A private ES256 key; its id says that it was made on a machine and not for production. */
function newSigningKey(): object {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    ...privateKey.export({ format: 'jwk' }),
    kid: `local-${randomBytes(6).toString('hex')}`,
    alg: 'ES256',
    use: 'sig',
  }
}

function token(): string {
  return randomBytes(24).toString('base64url')
}
