import { Type } from 'typebox'
import { Id, Money, nullable, PageQuery, Time, Url } from '#infra/schemas.ts'
import { ASPECT_RATIOS } from './model.ts'

const Status = Type.Enum(['queued', 'processing', 'succeeded', 'failed', 'cancelled'])
const Kind = Type.Enum(['generation', 'try_on'])

export const ChargeInfo = Type.Object({
  charged: Type.Boolean(),
  amount: Money,
  message: Type.String(),
  free_remaining: Type.Optional(Type.Integer()),
  balance_remaining: Type.Optional(Money),
})

export const GenerationResponse = Type.Object({
  id: Id,
  task_id: Id,
  user_id: Id,
  product_id: nullable(Id),
  type: Kind,
  mode: Type.String(),
  status: Status,
  step: nullable(Type.String({ description: 'What the engine is doing right now' })),
  sequence: Type.Integer({ description: 'Grows with every change; an older one is to be ignored' }),
  queue_position: nullable(Type.Integer({ description: 'How many are before it; only while it waits' })),
  cost: Money,
  prompt: nullable(Type.String()),
  aspect_ratio: Type.Enum([...ASPECT_RATIOS]),
  image_url: nullable(Url),
  source_image_url: nullable(Url),
  is_ai: Type.Boolean({ description: 'Always true: to be shown with a visible mark' }),
  understood: nullable(Type.Array(Type.Object({ word: Type.String(), meaning: Type.String() }))),
  ignored: nullable(Type.Array(Type.String())),
  message: Type.String(),
  error: nullable(Type.Object({ code: Type.String(), message: Type.String() })),
  charge_info: nullable(ChargeInfo),
  wardrobe_item_id: nullable(Id),
  created_at: Time,
  finished_at: nullable(Time),
})

const strict = { additionalProperties: false }
const address = Type.String({ minLength: 1, maxLength: 1_000 })

/** Both spellings are read (contract 2.10); `namesOf` makes one of them. */
export const TryOnBody = Type.Object(
  {
    product_id: Id,
    user_image_url: Type.Optional(address),
    userImageUrl: Type.Optional(address),
    save_to_wardrobe: Type.Optional(Type.Boolean()),
    saveToWardrobe: Type.Optional(Type.Boolean()),
  },
  strict,
)

export const GenerateBody = Type.Object(
  {
    prompt: Type.String({ minLength: 1, maxLength: 1_000 }),
    user_image_url: Type.Optional(address),
    userImageUrl: Type.Optional(address),
  },
  strict,
)

export const HistoryQuery = Type.Object({
  ...PageQuery.properties,
  type: Type.Optional(Kind),
  status: Type.Optional(Status),
})

export const WaitHeaders = Type.Object({
  prefer: Type.Optional(Type.String({ description: '`wait=N`, at most 25 seconds' })),
})

export const SamplePersonResponse = Type.Object({ id: Id, name: Type.String(), url: Url })
