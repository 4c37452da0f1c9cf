import { expect, test } from 'vitest'
import { serverEnvironment } from './environment.ts'
import { readSettings } from './settings.ts'

const secrets = {
  auth_signing_keys: { keys: [] },
  database_superuser_password: 'password',
  database_owner_password: 'password',
  database_app_password: 'password',
  data_encryption_key: 'key',
  media_signing_key: 'key',
  google_client_secret: 'secret',
  paypal_client_id: 'id',
  paypal_client_secret: 'secret',
  paypal_webhook_id: 'id',
}

async function originsFor(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const settings = await readSettings([], env)
  const ports = { google: 8001, paypal: 8002 }
  const parts = { settings, secrets, postgres: undefined, ports, data_folder: '/nowhere' }
  return serverEnvironment(env, parts).ALLOWED_ORIGINS
}

test('on this machine people may sign in under its number as well as its name', async () => {
  expect(await originsFor({})).toBe('http://127.0.0.1:8000')
  expect(await originsFor({ PORT: '9000' })).toBe('http://127.0.0.1:9000')
})

test('anywhere else, and in production, only the configured origins count', async () => {
  expect(await originsFor({ PUBLIC_URL: 'http://192.168.1.5:8000' })).toBe('')
  expect(await originsFor({ LEEMA_ENV: 'production', PUBLIC_URL: 'https://leema.test' })).toBe('')
  expect(await originsFor({ LEEMA_ENV: 'production' })).toBe('')
  expect(await originsFor({ ALLOWED_ORIGINS: 'http://localhost:5173' })).toBe('http://localhost:5173')
})
