import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Account = { role: string; email: string; password: string; totp_secret?: string }

/** The text shown when everything runs. */
export function summary(facts: {
  data_folder: string
  public_url: string
  google_url: string | undefined
  has_mailbox: boolean
  seconds: number
}): string {
  const lines = [
    '',
    `Leema is running (${facts.seconds.toFixed(1)} s).`,
    '',
    `  Open        ${facts.public_url}`,
  ]
  if (facts.has_mailbox)
    lines.push(`  Mailbox     ${facts.public_url}/mailbox   (every mail the platform sends)`)
  if (facts.google_url) lines.push(`  Google      ${facts.google_url}   (local stand-in, no password)`)
  const accounts = demoAccounts(facts.data_folder)
  if (accounts.length > 0) {
    lines.push('', `  Demo sign-ins (${join(facts.data_folder, 'demo-accounts.json')})`)
    const width = Math.max(...accounts.map((account) => account.email.length))
    for (const account of accounts) {
      const second = account.totp_secret ? '   second factor: npm run code' : ''
      lines.push(
        `    ${account.role.padEnd(10)}${account.email.padEnd(width)}   ${account.password}${second}`,
      )
    }
  }
  lines.push('', `  Data        ${facts.data_folder}`, '  Stop        Ctrl-C', '')
  return lines.join('\n')
}

/** The sign-ins that the seed wrote; none when there was no seed. */
function demoAccounts(data_folder: string): Account[] {
  const file = join(data_folder, 'demo-accounts.json')
  if (!existsSync(file)) return []
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'))
  return Array.isArray(read) ? read.filter(isAccount) : []
}

function isAccount(value: unknown): value is Account {
  return (
    typeof value === 'object' && value !== null && 'role' in value && 'email' in value && 'password' in value
  )
}
