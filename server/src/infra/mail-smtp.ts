import { createTransport, type NodemailerError } from 'nodemailer'
import { assertNoTransaction } from './db.ts'
import {
  isMailAddress,
  MailRefused,
  type MailTransport,
  MailUnavailable,
  prepareMail,
  type UnavailableReason,
} from './mail.ts'

export type SmtpOptions = {
  /** `smtp://[user:password@]host[:587]` (STARTTLS, always) or `smtps://…[:465]` (TLS from the first byte). */
  url: string
  /** `Leema <no-reply@leema.kz>` */
  from: string
}

const CONNECT_MS = 10_000
const SILENCE_MS = 30_000
/** A server that trickles bytes never falls silent. */
const SEND_MS = 60_000
/** Below the patience of usual servers, so that we hang up before they do. */
const IDLE_MS = 30_000

/** Mail over a pool of SMTP connections, never inside a database transaction. */
export function createSmtpTransport(options: SmtpOptions): MailTransport {
  const from = parseFrom(options.from)
  const transport = createTransport({
    ...parseSmtpUrl(options.url),
    pool: true,
    maxConnections: 3,
    idleTimeout: IDLE_MS,
    // Whoever sends decides whether to send again, and knows when.
    maxRequeues: 0,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    // Content is ours alone: no file and no address is ever fetched into a mail.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(mail) {
      assertNoTransaction()
      const { to, subject, text, html, headers, message_id } = prepareMail(mail)
      const content = { subject, text, html, headers, messageId: message_id, xMailer: false as const }
      const addresses = { from, to: { name: '', address: to }, envelope: { from: from.address, to: [to] } }
      try {
        await transport.sendMail({ ...content, ...addresses, signal: AbortSignal.timeout(SEND_MS) })
        return { accepted: true }
      } catch (error) {
        throw failureOf(error)
      }
    },
    async verify() {
      assertNoTransaction()
      try {
        await transport.verify()
      } catch (error) {
        throw failureOf(error)
      }
    },
    async close() {
      transport.close()
    },
  }
}

/** @throws Error that names SMTP_URL and never its value */
export function parseSmtpUrl(value: string) {
  const url = URL.canParse(value) ? new URL(value) : null
  const secure = url?.protocol === 'smtps:'
  if (!url || !(secure || url.protocol === 'smtp:') || url.hostname === '')
    throw new Error('SMTP_URL is not smtp://host or smtps://host')
  if (url.search !== '' || url.hash !== '' || !['', '/'].includes(url.pathname))
    throw new Error('SMTP_URL has parts after its host')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port || (secure ? 465 : 587))
  const from_first_byte = secure || port === 465
  const near = isLoopback(host)
  return {
    host,
    port,
    secure: from_first_byte,
    // Over a network always encrypted, or not at all. A relay on this machine has no certificate worth checking.
    requireTLS: !from_first_byte && !near,
    ignoreTLS: !from_first_byte && near,
    ...(url.username === '' ? {} : { auth: { user: decode(url.username), pass: decode(url.password) } }),
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Error('SMTP_URL is not percent-encoded correctly')
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** @throws Error that names MAIL_FROM */
function parseFrom(value: string): { name: string; address: string } {
  const parts = value.trim().match(/^(?:"?([^"<>\p{Cc}]*?)"?\s*<([^<>]+)>|([^<>\s]+))$/u)
  const address = parts?.[2] ?? parts?.[3] ?? ''
  if (!isMailAddress(address))
    throw new Error('MAIL_FROM is not an address such as Leema <no-reply@example.com>')
  return { name: parts?.[1]?.trim() ?? '', address }
}

/** Retrying cannot heal a refusal in words (5yz); anything about the way to the server can. RFC 5321, 4.2.1. */
function failureOf(error: unknown): MailRefused | MailUnavailable {
  // Everything nodemailer rejects with has this shape; every member is optional, so nothing is assumed.
  const failure = (error instanceof Error ? error : {}) as Partial<NodemailerError>
  const answer = { smtp_code: smtpCode(failure) }
  const final = failure.permanent ?? failure.responseCode === undefined
  if (final && (failure.code === 'EAUTH' || failure.code === 'ENOAUTH'))
    return new MailRefused('auth_failed', answer)
  if (final && failure.code === 'EENVELOPE') {
    if (failure.responseCode === undefined) return new MailRefused('invalid_address')
    return new MailRefused(failure.command === 'MAIL FROM' ? 'sender_refused' : 'recipient_refused', answer)
  }
  if (final && failure.code === 'EMESSAGE') return new MailRefused('message_refused', answer)
  return new MailUnavailable(unavailableReason(failure), answer)
}

function unavailableReason(failure: Partial<NodemailerError>): UnavailableReason {
  if (failure.code === 'ETIMEDOUT' || failure.code === 'EABORT') return 'timed_out'
  if (failure.code === 'EDNS') return 'dns_failed'
  if (failure.code === 'ETLS') return 'tls_failed'
  if (failure.originalCode === 'ECONNREFUSED') return 'connection_refused'
  return failure.responseCode === undefined ? 'connection_lost' : 'deferred'
}

function smtpCode(failure: Partial<NodemailerError>): string | undefined {
  if (failure.responseCode === undefined) return undefined
  const enhanced = failure.response?.match(/^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/)?.[1]
  return enhanced === undefined ? String(failure.responseCode) : `${failure.responseCode} ${enhanced}`
}
