import type { Db } from '#infra/db.ts'
import type { JobRun } from '#infra/jobs.ts'
import type { Logger } from '#infra/log.ts'
import { MailRefused, type MailTransport } from '#infra/mail.ts'
import type { Clock } from '#kernel/time.ts'

/** A wrong password or sender is a mistake of the installation, not of the mail: it is tried again. */
const HEALED_BY_OPERATOR = ['auth_failed', 'sender_refused']

export type SendMailDeps = {
  db: Db
  clock: Clock
  log: Logger
  transport: MailTransport
  mail_domain: string
  /** Without a mail server the stored mail is the only copy. */
  keeps_bodies: boolean
}

/**
 * Job `notifications.send_mail`: hands one stored mail to the mail server. Its Message-ID depends on the row only, so
 * that a mail handed over twice (a crash before the row was marked) is one mail to the receiver's server.
 */
export async function sendMail(deps: SendMailDeps, run: JobRun<{ mail_id: number }>): Promise<void> {
  const mail = await deps.db
    .selectFrom('notifications.mails')
    .selectAll()
    .where('id', '=', run.data.mail_id)
    .executeTakeFirst()
  if (mail?.status !== 'queued') return
  const mark = (status: 'queued' | 'sent' | 'dead', last_error: string | null) =>
    deps.db
      .updateTable('notifications.mails')
      .set((eb) => ({
        status,
        last_error,
        tries: eb('tries', '+', 1),
        sent_at: status === 'sent' ? deps.clock.now() : null,
      }))
      .where('id', '=', mail.id)
      .execute()
  try {
    await deps.transport.send({
      to: mail.to_address,
      subject: mail.subject,
      text: mail.body_text,
      html: mail.body_html,
      message_id: `<mail-${mail.id}@${deps.mail_domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    await mark('sent', null)
    if (!deps.keeps_bodies) await blankBodies(deps.db, mail.id)
  } catch (error) {
    const is_refused = error instanceof MailRefused && !HEALED_BY_OPERATOR.includes(error.reason)
    const is_final = is_refused || run.is_last_attempt
    await mark(is_final ? 'dead' : 'queued', error instanceof Error ? error.message.slice(0, 500) : 'unknown')
    if (is_refused) {
      deps.log.error(
        { event: 'notifications.mail_refused', mail_id: mail.id, template: mail.template },
        'mail refused for good',
      )
      return
    }
    throw error
  }
}

/** Codes and links have arrived: they are not kept readable. */
async function blankBodies(db: Db, id: number): Promise<void> {
  await db
    .updateTable('notifications.mails')
    .set({ body_text: '', body_html: '' })
    .where('id', '=', id)
    .execute()
}
