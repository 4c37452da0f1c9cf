import { record } from '#domains/audit/public.ts'
import { dropFiles } from '#domains/media/public.ts'
import { inTransaction } from '#infra/db.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { insertConsent, listConsents, withdrawConsent } from './queries.ts'

export type SetConsent = { document: string; version: string; accepted: boolean; call: CallContext }
export type Consent = Awaited<ReturnType<typeof listConsents>>[number]

/**
 * Accepts a version of a document or withdraws the consent; every change stays on record. With the consent to the
 * processing of photos the photos go (readiness row J-10). Returns all that hold now.
 */
export async function setConsent(
  deps: Pick<IdentityDeps, 'db' | 'clock'>,
  actor: UserActor,
  input: SetConsent,
): Promise<Consent[]> {
  const { account_id } = actor
  const { document, version, accepted, call } = input
  return inTransaction(deps.db, async (tx) => {
    const now = deps.clock.now()
    await withdrawConsent(tx, account_id, document, now)
    if (!accepted && document === PHOTO_CONSENT) await dropFiles(tx, { account_id, kinds: ['person'] }, now)
    if (accepted) await insertConsent(tx, { account_id, document, version, accepted_at: now, ip: call.ip })
    await record(tx, {
      actor,
      call,
      action: accepted ? 'identity.consent_given' : 'identity.consent_withdrawn',
      entity_type: 'account',
      entity_id: account_id,
      new_values: { document, version },
    })
    return listConsents(tx, account_id)
  })
}

const PHOTO_CONSENT = 'photo_processing'

/** The last word of the caller on each document. */
export function listMyConsents(deps: Pick<IdentityDeps, 'db'>, actor: UserActor): Promise<Consent[]> {
  return listConsents(deps.db, actor.account_id)
}
