import { Type } from 'typebox'
import { Id, nullable, PageQuery, Time } from '#infra/schemas.ts'
import type { UserActor } from '#kernel/actor.ts'
import { timeToWire } from '#kernel/time.ts'
import { APPROVAL_STATES } from './model.ts'
import type { ApprovalRow } from './queries.ts'

const State = Type.Enum([...APPROVAL_STATES])
const Person = Type.Object({
  id: Id,
  name: nullable(Type.String({ description: 'Null when the person is gone' })),
})

const ApprovalResponse = Type.Object({
  id: Id,
  kind: Type.String({ description: 'What kind of change, e.g. `settings.change`' }),
  subject: nullable(Type.String({ description: 'What would be changed' })),
  payload: Type.Record(Type.String(), Type.Unknown(), {
    description: 'The change; its members depend on the kind',
  }),
  reason: nullable(Type.String({ description: 'Why it was asked for' })),
  state: State,
  asked_by: Person,
  asked_at: Time,
  expires_at: Time,
  decided_by: nullable(Person),
  decided_at: nullable(Time),
  note: nullable(Type.String({ description: 'Why it was rejected' })),
  is_own: Type.Boolean({ description: 'Asked for by the caller, who may only withdraw it' }),
})
export const ApprovalList = Type.Object({
  items: Type.Array(ApprovalResponse),
  total: Type.Integer(),
  page: Type.Integer(),
  page_size: Type.Integer(),
  waiting_count: Type.Integer({ description: 'Whatever the filter' }),
  two_person_rule: Type.Boolean({ description: 'Whether this installation asks for two persons' }),
})
export const ApprovalQuery = Type.Object({
  ...PageQuery.properties,
  state: Type.Optional(State),
  kind: Type.Optional(Type.String({ pattern: '^[a-z0-9_.-]{1,100}$' })),
})
export const RejectBody = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 1_000, pattern: '\\S' }) },
  { additionalProperties: false },
)

export function toWire(row: ApprovalRow, actor: UserActor) {
  const { asked_by_name, decided_by_name, ...rest } = row
  return {
    ...rest,
    payload: typeof row.payload === 'object' && row.payload !== null ? { ...row.payload } : {},
    asked_by: { id: row.asked_by, name: asked_by_name },
    asked_at: timeToWire(row.asked_at),
    expires_at: timeToWire(row.expires_at),
    decided_by: row.decided_by === null ? null : { id: row.decided_by, name: decided_by_name },
    decided_at: row.decided_at && timeToWire(row.decided_at),
    is_own: row.asked_by === actor.user_id,
  }
}
