import { Secret, TOTP } from 'otpauth'

/** RFC 6238 as every authenticator app knows it: SHA-1, six digits, 30 seconds. */
const RULES = { algorithm: 'SHA1', digits: 6, period: 30 }
/** One step of clock difference either way (RFC 6238 5.2). */
const WINDOW = 1

/** 160 random bits in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** What the QR code carries. */
export function otpauthUrl(secret: string, names: { issuer: string; label: string }): string {
  return new TOTP({ ...RULES, ...names, secret: Secret.fromBase32(secret) }).toString()
}

/** The time step for which the code is right, or null. Whether that step was used before is for the database to say. */
export function matchingStep(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime()
  const totp = new TOTP({ ...RULES, secret: Secret.fromBase32(secret) })
  const delta = totp.validate({ token: code, timestamp, window: WINDOW })
  return delta === null ? null : totp.counter({ timestamp }) + delta
}
