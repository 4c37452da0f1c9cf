import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { seedShops } from './catalogue/shops.ts'

/** One demo sign-in. `totp_secret` (base32) only for the admin, who needs a second factor. */
export type DemoAccount = {
  role: 'buyer' | 'shop' | 'admin'
  email: string
  password: string
  totp_secret?: string
}

const SHOPS: DemoAccount['role'][] = seedShops.map(() => 'shop')

/**
 * The sign-ins of this installation: read when they are there, made otherwise. They are written before the accounts,
 * so that a seed that stopped half-way goes on with the same passwords. Readable by the owner of the folder only.
 */
export function demoAccounts(file: string): DemoAccount[] {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  const accounts = (['admin', 'buyer', ...SHOPS] as const).map((role, index) => ({
    role,
    email: emailOf(role, index),
    password: newPassword(),
  }))
  saveDemoAccounts(file, accounts)
  return accounts
}

export function saveDemoAccounts(file: string, accounts: DemoAccount[]): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function emailOf(role: DemoAccount['role'], index: number): string {
  return role === 'shop' ? `${seedShops[index - 2]?.key ?? 'shop'}@demo.leema.kz` : `${role}@demo.leema.kz`
}

/** 20 characters without look-alikes: about 100 random bits. */
function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const chars = [...randomBytes(20)].map((byte) => letters[byte % letters.length])
  return chars.join('').replace(/(.{5})(?=.)/g, '$1-')
}
