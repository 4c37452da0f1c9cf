import fc from 'fast-check'
import { type JsonSchema, nameOf, type Operation } from './world.ts'

/** What a fuzzed request consists of; plain data, so that a failure prints as it was sent. */
export type FuzzedRequest = {
  /** As `nameOf` makes it. */
  operation: string
  params: Record<string, string>
  query: [string, string][]
  body: string | undefined
  /** Where guests may come: whether somebody signed in comes. */
  signed_in: boolean
  content_type: string
  headers: Record<string, string>
}

const HOSTILE_TEXT = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udc00\ud800',
  '\u202e',
  '\ufeff',
  "' or 1=1 --",
  '"; drop table catalog.products; --',
  '%',
  '\\',
  '%_\\%',
  `$\{7*7}`,
  '../../../etc/passwd',
  '<script>alert(1)</script>',
  'x\r\nset-cookie: a=b',
  '٣',
  'İı',
  'ﬀ',
  '1e309',
  'NaN',
  'null',
  'true',
  '-0',
  '[]',
  '{}',
  '__proto__',
  'constructor',
  'toString',
  'x'.repeat(300),
  'x'.repeat(5_000),
  '😀'.repeat(300),
  '0001-01-01T00:00:00Z',
  '0000-00-00T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '9999-12-31T23:59:60Z',
  '2016-12-31T23:59:60Z',
  '1970-01-01T00:00:00+99:99',
]
const HOSTILE_NUMBERS = [
  0,
  -1,
  0.5,
  -0.01,
  0.005,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  1e21,
  1e300,
  5e-324,
  999_999_999,
]

/** What databases and encoders choke on, when it gets that far. */
const sharpText = fc.constantFrom(
  '\0',
  'coat\0',
  '\ud800',
  'x'.repeat(300),
  'я'.repeat(5_000),
  '\u202e',
  '%',
  '\\',
)
const hostileText = fc.oneof(
  sharpText,
  fc.constantFrom(...HOSTILE_TEXT),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const hostileNumber = fc.oneof(
  fc.constantFrom(...HOSTILE_NUMBERS),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  hostileNumber,
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], { length: -1 }, { toString: 1 }, { $gt: '' }),
  fc.json({ maxDepth: 3 }).map((text): unknown => JSON.parse(text)),
)

/** Real objects and texts by the name of the member: most requests should get past the first check. */
export type Likely = Record<string, unknown[]>

export function requestTo(
  operation: Operation,
  { inPath: ids, elsewhere: likely }: { inPath: Likely; elsewhere: Likely },
): fc.Arbitrary<FuzzedRequest> {
  const { parameters = [], requestBody } = operation.about
  const inPath = parameters.filter((parameter) => parameter.in === 'path')
  const inQuery = parameters.filter((parameter) => parameter.in === 'query')
  const texts = (list: typeof parameters, known: Likely) =>
    fc.record(
      Object.fromEntries(
        list.map(({ name, schema }) => [name, asText(mostly(valueFor(schema, name, known), 5))]),
      ),
    )
  const query = texts(inQuery, likely).chain((all) => fc.subarray(Object.entries(all)))
  const types = Object.keys(requestBody?.content ?? {})
  const schema = requestBody?.content['application/json']?.schema
  const json = schema
    ? mostly(valueFor(schema, '', likely), 12).map((value) => JSON.stringify(value))
    : fc.constant(undefined)
  const broken = fc.constantFrom('{', '[1,', '', 'null', '"x"', '{"a":1}{', '--x\r\n', '\ufeff{}')
  return fc.record({
    operation: fc.constant(nameOf(operation)),
    signed_in: fc.boolean(),
    params: texts(inPath, ids),
    query: fc.oneof(
      { weight: 8, arbitrary: query },
      { weight: 1, arbitrary: fc.array(fc.tuple(hostileText, hostileText), { maxLength: 3 }) },
    ),
    body:
      types.length === 0
        ? fc.constant(undefined)
        : fc.oneof({ weight: 12, arbitrary: json }, { weight: 1, arbitrary: broken }),
    content_type: fc.oneof(
      { weight: 15, arbitrary: fc.constant(types[0] ?? 'application/json') },
      {
        weight: 1,
        arbitrary: fc.constantFrom(...types, 'text/plain', 'multipart/form-data; boundary=x', 'a', ';'),
      },
    ),
    headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: hostileHeaders }),
  })
}

const headerText = fc.oneof(
  fc.constantFrom('', 'wait=1', 'wait=-1', 'wait=1e9', 'q=;,', "' or 1=1"),
  fc.string({ maxLength: 70 }),
)
const hostileHeaders = fc.dictionary(
  fc.constantFrom(
    'accept-language',
    'idempotency-key',
    'prefer',
    'if-none-match',
    'range',
    'user-agent',
    'cookie',
    'origin',
    'x-forwarded-for',
    'x-client-platform',
  ),
  headerText,
  { maxKeys: 4 },
)

function mostly(good: fc.Arbitrary<unknown>, weight: number): fc.Arbitrary<unknown> {
  return fc.oneof({ weight, arbitrary: good }, { weight: 1, arbitrary: hostile })
}

function asText(value: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return value.map((made) => (typeof made === 'string' ? made : JSON.stringify(made)))
}

/** Values that fit the schema, or nearly. */
function valueFor(schema: JsonSchema, name: string, likely: Likely): fc.Arbitrary<unknown> {
  const known = likely[name]
  if (known) return fc.constantFrom<unknown>(...known)
  const { type, anyOf, enum: choices } = schema
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(choices)) return fc.constantFrom<unknown>(...choices)
  // The document's own schemas: members of these lists are schemas.
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map((one: JsonSchema) => valueFor(one, name, likely)))
  if (type === 'object') return objectOf(schema, likely)
  if (type === 'array') return fc.array(valueFor(Object(schema.items), name, likely), { maxLength: 4 })
  if (type === 'integer' || type === 'number') return numberOf(schema, type === 'integer')
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  return type === 'string' ? textOf(schema) : hostile
}

function objectOf(schema: JsonSchema, likely: Likely): fc.Arbitrary<unknown> {
  const members: [string, JsonSchema][] = Object.entries(Object(schema.properties))
  const required = Array.isArray(schema.required) ? schema.required.map(String) : []
  const whole = fc.record(
    Object.fromEntries(members.map(([name, inner]) => [name, mostly(valueFor(inner, name, likely), 9)])),
    { requiredKeys: required },
  )
  const stranger = fc.record({ name: hostileText, value: hostile })
  return fc.oneof(
    { weight: 14, arbitrary: whole },
    {
      weight: 1,
      arbitrary: fc
        .tuple(whole, stranger)
        .map(([made, { name, value }]) => ({ ...Object(made), [name]: value })),
    },
  )
}

function numberOf(
  { minimum, exclusiveMinimum, maximum }: JsonSchema,
  is_integer: boolean,
): fc.Arbitrary<number> {
  const lowest = minimum ?? exclusiveMinimum
  const min = typeof lowest === 'number' ? lowest : -1_000
  const max = typeof maximum === 'number' ? maximum : 1_000_000
  const edges = fc.constantFrom(min, max, min - 1, max + 1)
  const whole = fc.integer({ min, max: Math.min(max, 1_000) })
  // Amounts of money are whole cents; a fraction of one is a case for the hostile numbers.
  const inside = is_integer ? whole : whole.map((number) => Math.min(max, number + 0.25))
  return fc.oneof({ weight: 4, arbitrary: inside }, { weight: 1, arbitrary: edges })
}

function textOf({ pattern, minLength, maxLength, format }: JsonSchema): fc.Arbitrary<string> {
  const max = typeof maxLength === 'number' ? maxLength : 300
  const min = typeof minLength === 'number' ? minLength : 0
  const edges = fc.constantFrom(
    'я'.repeat(Math.min(max, 5_000)),
    'x'.repeat(Math.min(max, 5_000) + 1),
    'x'.repeat(min),
  )
  const fitting =
    format === 'date-time'
      ? fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
      : typeof pattern === 'string'
        ? fc.stringMatching(new RegExp(pattern))
        : fc.string({ unit: 'grapheme', minLength: Math.min(min, 50), maxLength: Math.min(max, 60) })
  return fc.oneof(
    { weight: 7, arbitrary: fitting },
    { weight: 1, arbitrary: edges },
    { weight: 1, arbitrary: sharpText },
  )
}
