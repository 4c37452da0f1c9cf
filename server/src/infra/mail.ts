/** One mail to one person. */
export type Mail = {
  to: string
  subject: string
  text: string
  html: string
  /** Besides the usual ones, which the transport writes itself: `Auto-Submitted`, `List-Unsubscribe`, … */
  headers: Record<string, string>
  /** `<unique@domain>`, the same for every attempt, so that the receiver sees a repeated mail once. */
  message_id: string
}

export interface MailTransport {
  /** @throws MailRefused trying again is useless · MailUnavailable trying again may help */
  send(mail: Mail): Promise<{ accepted: true }>
  /** Connects and signs in. @throws as `send` */
  verify(): Promise<void>
  close(): Promise<void>
}

export type RefusedReason =
  | 'auth_failed'
  | 'sender_refused'
  | 'recipient_refused'
  | 'message_refused'
  | 'invalid_address'
  | 'invalid_header'
export type UnavailableReason =
  | 'deferred'
  | 'timed_out'
  | 'connection_refused'
  | 'connection_lost'
  | 'dns_failed'
  | 'tls_failed'

/** `5.1.1` of RFC 3463, or the three digits of RFC 5321, as the server gave them. */
type Answer = { smtp_code?: string | undefined }

/**
 * For good: this mail, or this configuration, will never be taken. The message is made of fixed words and codes only,
 * because servers repeat the address in their answers and it must not reach a log.
 */
export class MailRefused extends Error {
  readonly reason: RefusedReason
  readonly smtp_code: string | undefined

  constructor(reason: RefusedReason, answer: Answer = {}) {
    super(describe('mail refused', reason, answer))
    this.name = 'MailRefused'
    this.reason = reason
    this.smtp_code = answer.smtp_code
  }
}

/** For now: the server is away, busy, or wants the mail later. */
export class MailUnavailable extends Error {
  readonly reason: UnavailableReason
  readonly smtp_code: string | undefined

  constructor(reason: UnavailableReason, answer: Answer = {}) {
    super(describe('mail not accepted yet', reason, answer))
    this.name = 'MailUnavailable'
    this.reason = reason
    this.smtp_code = answer.smtp_code
  }
}

function describe(what: string, reason: string, answer: Answer): string {
  return `${what}: ${reason}${answer.smtp_code === undefined ? '' : ` (${answer.smtp_code})`}`
}

/** One address and nothing that has a meaning in a header or an envelope. Cyrillic domains are fine. */
const ADDRESS = /^[^\s@<>(),;:"[\]\\\p{Cc}]{1,64}@[^\s@<>(),;:"[\]\\\p{Cc}]{1,253}$/u
const MESSAGE_ID = /^<[!-;=?A-Z[-~]{1,200}@[!-;=?A-Z[-~]{1,200}>$/
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,60}$/
/** Written by the transport; a second one would let a caller redirect or disguise the mail. */
const OWN_HEADERS =
  /^(from|sender|reply-to|to|cc|bcc|subject|date|message-id|mime-version|content-.*|return-path|received|dkim-.*)$/i
const SUBJECT_LENGTH_MAX = 250

export function isMailAddress(address: string): boolean {
  return ADDRESS.test(address) && address.length <= 254
}

/**
 * The mail as it may be sent. A subject is partly written by users, so line breaks in it become spaces; everything
 * else comes from us, and is refused when it could start a header of its own.
 * @throws MailRefused
 */
export function prepareMail(mail: Mail): Mail {
  if (!isMailAddress(mail.to)) throw new MailRefused('invalid_address')
  if (!MESSAGE_ID.test(mail.message_id)) throw new MailRefused('invalid_header')
  for (const [name, value] of Object.entries(mail.headers)) {
    const fine = HEADER_NAME.test(name) && !OWN_HEADERS.test(name) && !/[\p{Cc}\u2028\u2029]/u.test(value)
    if (!fine) throw new MailRefused('invalid_header')
  }
  return { ...mail, subject: oneLine(mail.subject) }
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, SUBJECT_LENGTH_MAX)
    .toWellFormed()
}
