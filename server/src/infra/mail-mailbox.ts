import { type MailTransport, prepareMail } from './mail.ts'

/**
 * The embedded transport: the stored mail is the mailbox, so there is nowhere to send it. It refuses what SMTP would
 * refuse, so that a bad mail is noticed before production.
 */
export function createMailboxTransport(): MailTransport {
  return {
    async send(mail) {
      prepareMail(mail)
      return { accepted: true }
    },
    async verify() {},
    async close() {},
  }
}
