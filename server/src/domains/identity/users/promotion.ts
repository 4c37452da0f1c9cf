import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Agreement, ApprovalKind } from '#domains/approvals/public.ts'
import { record } from '#domains/audit/public.ts'
import type { Tx } from '#infra/db.ts'
import { invalidState, notFound } from '#kernel/problem.ts'
import type { Clock } from '#kernel/time.ts'
import { lockAccount, setRole } from '../accounts/queries.ts'
import { asRole } from '../model.ts'
import { endAll } from '../sessions/end-session.ts'
import { findUserProfile } from './queries.ts'

export const PROMOTION = 'identity.promotion'

const Payload = Type.Object({ user_id: Type.Integer({ minimum: 1 }) })

/** What a second admin's approval does: without it one admin could make himself a second one and agree with himself. */
export function promotionKind(deps: { clock: Clock }): ApprovalKind {
  return { kind: PROMOTION, carryOut: (tx, payload, agreement) => promote(tx, deps, payload, agreement) }
}

/** @throws not_found (404) when the person is gone; invalid_state (409) when blocked or an admin by now */
async function promote(tx: Tx, deps: { clock: Clock }, payload: unknown, agreement: Agreement) {
  if (!Value.Check(Payload, payload)) throw new Error('an approval holds a promotion that is none')
  const { user_id } = payload
  const { approver: actor, call, approval_id, asked_by } = agreement
  const target = await findUserProfile(tx, user_id)
  const account = target && (await lockAccount(tx, target.account_id, 'update'))
  if (!account || account.user_id === null) throw notFound()
  if (asRole(account.role) === 'admin' || account.blocked_at !== null) throw invalidState(NOT_ANY_MORE)
  await setRole(tx, user_id, 'admin')
  await endAll(tx, deps, { account_id: account.id }, { reason: 'role_changed', actor, call })
  await record(tx, {
    actor,
    call,
    action: 'identity.role_changed',
    entity_type: 'user',
    entity_id: user_id,
    old_values: { role: 'user' },
    new_values: { role: 'admin', approval_id, asked_by },
  })
}

const NOT_ANY_MORE = {
  ru: 'Этого человека уже нельзя сделать администратором: он заблокирован или уже администратор',
  kk: 'Бұл адамды әкімші етуге болмайды: ол бұғатталған немесе қазірдің өзінде әкімші',
  en: 'This person cannot be made an admin any more: blocked, or an admin already',
}
