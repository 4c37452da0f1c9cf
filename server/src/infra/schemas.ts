import { type Static, Type } from 'typebox'

/** Wire types shared by all slices (contract 0.4–0.6). */

export const Id = Type.Integer({
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'Positive integer id',
})
export const IdParams = <Name extends string>(name: Name) =>
  Type.Object({ [name]: Id } as Record<Name, typeof Id>)
export const Money = Type.Number({ description: 'Amount in the platform currency, at most two decimals' })
export const MoneyInput = (bounds: { minimum?: number; exclusiveMinimum?: number; maximum: number }) =>
  Type.Number({
    ...bounds,
    description: 'Amount in the platform currency; more than two decimals are refused',
  })
export const Time = Type.String({ format: 'date-time', description: 'RFC 3339, UTC, Z' })
export const Url = Type.String({ description: 'Absolute http(s) address' })
export const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

export const PageQuery = Type.Object({
  skip: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
})

export const Message = Type.Object({ message: Type.String() })

/** Error body of every endpoint (contract 0.5, RFC 9457). Extra members are allowed per code. */
export const ProblemBody = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: "Text in the caller's language" }),
    instance: Type.String(),
    code: Type.String({ description: 'Stable, machine-readable' }),
    request_id: Type.String(),
    errors: Type.Optional(
      Type.Array(Type.Object({ field: Type.String(), code: Type.String(), message: Type.String() })),
    ),
  },
  { $id: 'Problem', additionalProperties: true },
)

export type ProblemBody = Static<typeof ProblemBody>
