import type { Tx } from '#infra/db.ts'
import type { Jobs } from '#infra/jobs.ts'
import type { Locale } from '#kernel/locale.ts'
import { composeMail } from './compose-mail.ts'
import { sendMailJob } from './jobs.ts'
import type { MailFacts, MailTemplate } from './mail-texts.ts'

export type MailDeps = { jobs: Pick<Jobs, 'enqueue'>; app_name: string }

export type NewMail<Template extends MailTemplate> = {
  /** Names the cause; the same cause never writes two mails. */
  dedupe_key: string
  to_address: string
  /** Whose mail it is, where the event says so: it is forgotten with the account. */
  account_id?: number | null
  locale: Locale
  template: Template
  facts: MailFacts<Template>
}

/**
 * Stores a mail and the job that sends it, in the caller's transaction. None is written to an address below `.invalid`
 * (RFC 2606): such an account came from a provider that tells no address.
 */
export async function writeMail<Template extends MailTemplate>(
  deps: MailDeps,
  tx: Tx,
  mail: NewMail<Template>,
): Promise<void> {
  if (mail.to_address.endsWith('.invalid')) return
  const composed = composeMail(mail.template, mail.locale, mail.facts, deps.app_name)
  const { dedupe_key, to_address, locale, template, account_id = null } = mail
  const row = await tx
    .insertInto('notifications.mails')
    .values({ dedupe_key, to_address, account_id, locale, template, ...composed })
    .onConflict((oc) => oc.column('dedupe_key').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (row) await deps.jobs.enqueue(tx, sendMailJob, { mail_id: row.id })
}
