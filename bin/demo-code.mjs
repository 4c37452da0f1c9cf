#!/usr/bin/env node
// Prints the current one-time codes of the demo accounts that have a second factor (RFC 6238, 30 s, 6 digits).
import { createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { PROJECT } from './install.mjs'

const STEP_S = 30
const file = join(
  process.env.LEEMA_DATA ? resolve(process.env.LEEMA_DATA) : join(PROJECT, '.leema'),
  'demo-accounts.json',
)

if (!existsSync(file)) {
  process.stderr.write(`${file} is not there yet: run "npm start" first.\n`)
  process.exit(1)
}
const now_s = Math.floor(Date.now() / 1000)
for (const account of JSON.parse(readFileSync(file, 'utf8'))) {
  if (!account.totp_secret) continue
  const left_s = STEP_S - (now_s % STEP_S)
  process.stdout.write(`${account.email}   ${codeOf(account.totp_secret)}   (valid for ${left_s} s)\n`)
}

function codeOf(secret) {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now_s / STEP_S)))
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

function fromBase32(text) {
  let bits = ''
  for (const letter of text.toUpperCase().replace(/=+$/, '')) {
    bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')
  }
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
