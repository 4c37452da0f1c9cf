import { Type } from 'typebox'
import { Id, Message, nullable, Time } from '#infra/schemas.ts'
import { timeToWire } from '#kernel/time.ts'
import type { SettingView } from './browse-settings.ts'
import type { VersionRow } from './queries.ts'

export const PublicSettings = Type.Record(Type.String(), Type.Union([Type.Number(), Type.Boolean()]), {
  description: 'Public platform settings by key, each in its own type',
})

const Key = Type.String({ minLength: 1, maxLength: 100 })
export const KeyParams = Type.Object({ key: Key })
const Person = Type.Object({
  id: Id,
  name: nullable(Type.String({ description: 'Null when the person is gone' })),
})

export const SettingResponse = Type.Object({
  key: Key,
  value: Type.String({ description: 'As text, whatever the type' }),
  description: nullable(Type.String()),
  type: Type.Enum(['money', 'int', 'percent', 'bool']),
  default: Type.String(),
  min: Type.Number({ description: 'Smallest value; of a switch, 0' }),
  max: Type.Number(),
  public: Type.Boolean({ description: 'Readable without signing in' }),
  version: Type.Integer({ description: 'Counts the changes; 1 is the default that the platform began with' }),
  updated_at: nullable(Time),
  updated_by: nullable(Person),
  waiting_approval_id: nullable(Type.Integer({ description: 'The change that waits for a second admin' })),
})
export const ChangeBody = Type.Object(
  {
    key: Key,
    value: Type.String({
      maxLength: 500,
      description: 'Text that fits type and range; at most two decimals',
    }),
    description: Type.Optional(Type.String({ maxLength: 500 })),
    reason: Type.Optional(
      Type.String({ maxLength: 500, description: 'Why, for the history and the second admin' }),
    ),
    expected_version: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 2_147_483_647,
        description: 'The version that the change is made against; when it is another by now: 409',
      }),
    ),
  },
  { additionalProperties: false },
)
export const Waiting = Type.Object({ ...Message.properties, approval_id: Id })

export const VersionList = Type.Object({
  items: Type.Array(
    Type.Object({
      version: Type.Integer(),
      old_value: Type.String(),
      new_value: Type.String(),
      old_description: nullable(Type.String()),
      new_description: nullable(Type.String()),
      reason: nullable(Type.String()),
      changed_by: Person,
      approved_by: nullable(Person),
      approval_id: nullable(Id),
      changed_at: Time,
    }),
  ),
  total: Type.Integer(),
  page: Type.Integer(),
  page_size: Type.Integer(),
})

export function settingToWire({ rules, ...row }: SettingView) {
  const { key, value, description, version } = row
  return {
    key,
    value,
    description,
    type: rules.type,
    default: rules.default,
    min: rules.min,
    max: rules.max,
    public: rules.public,
    version,
    updated_at: row.changed_at && timeToWire(row.changed_at),
    updated_by: row.changed_by === null ? null : { id: row.changed_by, name: row.changed_by_name },
    waiting_approval_id: row.approval_id,
  }
}

export function versionToWire({ changed_by_name, approved_by_name, ...row }: VersionRow) {
  return {
    ...row,
    changed_by: { id: row.changed_by, name: changed_by_name },
    approved_by: row.approved_by === null ? null : { id: row.approved_by, name: approved_by_name },
    changed_at: timeToWire(row.changed_at),
  }
}
