import type { MailTransport } from './mail.ts'
import { createMailboxTransport } from './mail-mailbox.ts'
import { createSmtpTransport } from './mail-smtp.ts'

/** SMTP when its address is given, else the mailbox page of this installation. */
export function openMail(options: { smtp_url: string | null; from: string }): MailTransport {
  if (options.smtp_url === null) return createMailboxTransport()
  return createSmtpTransport({ url: options.smtp_url, from: options.from })
}
