import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import type { FieldError } from '#kernel/problem.ts'

/** Levels of arrays and objects in a body; no form of the platform needs ten. */
export const NESTING_MAX = 64

/**
 * Checks input against the route's TypeBox schema. Defaults are filled in; text is converted to numbers and booleans
 * only in paths, queries and headers, never in a JSON body.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema)
  const prepare = httpPart === 'body' ? (input: unknown) => input : textConverter(schema)
  return (input) => {
    if (hasHostileText(input, NESTING_MAX)) return { error: [hostileText] }
    const value = Value.Default(schema, prepare(input))
    return compiled.Check(value) ? { value } : { error: compiled.Errors(value) }
  }
}

const hostileText: FastifySchemaValidationError = {
  keyword: 'text',
  instancePath: '',
  schemaPath: '',
  params: {},
  message: 'contains characters that cannot be stored',
}

/**
 * NUL and lone surrogates: Postgres cannot store them, so they are refused at the edge (readiness row I-02). So is what
 * is nested deeper than anything would read.
 */
function hasHostileText(value: unknown, levels: number): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed()
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false
  if (levels === 0) return true
  return Object.entries(value).some(
    ([key, inner]) => hasHostileText(key, 0) || hasHostileText(inner, levels - 1),
  )
}

/**
 * Numbers and booleans out of the text of a path, query or header, in the one spelling that clients use: `0x10`, `1e1`
 * and ` 1` are not names of 16, 10 and 1, and `true` is not 1. What cannot be converted stays text and is refused.
 */
function textConverter(schema: TSchema): (input: unknown) => unknown {
  const properties = 'properties' in schema ? Object.entries(Object(schema.properties)) : []
  const converters = properties.flatMap(([name, property]) => {
    const convert = CONVERTERS.get(typeOf(property))
    return convert ? [[name, convert] as const] : []
  })
  return (input) => {
    const value: Record<string, unknown> = { ...Object(input) }
    for (const [name, convert] of converters) {
      const text = value[name]
      if (typeof text === 'string') value[name] = convert(text)
    }
    return value
  }
}

const INTEGER = /^-?\d{1,17}$/
const DECIMAL = /^-?\d{1,17}(\.\d{1,17})?$/
const BOOLEANS = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])
const CONVERTERS = new Map<string, (text: string) => unknown>([
  ['integer', (text) => (INTEGER.test(text) ? Number(text) : text)],
  ['number', (text) => (DECIMAL.test(text) ? Number(text) : text)],
  ['boolean', (text) => BOOLEANS.get(text.toLowerCase()) ?? text],
])

function typeOf(schema: unknown): string {
  return typeof schema === 'object' && schema !== null && 'type' in schema ? String(schema.type) : ''
}

type SchemaError = { keyword: string; instancePath: string; params: Record<string, unknown> }

/** Field errors of contract 0.5: one per place, at most twenty. */
export function fieldErrors(errors: readonly SchemaError[]): FieldError[] {
  const found = new Map<string, FieldError>()
  for (const error of errors) {
    for (const field of fieldsOf(error)) {
      if (!found.has(field) && found.size < 20) found.set(field, { field, ...explain(error) })
    }
  }
  return [...found.values()]
}

function fieldsOf(error: SchemaError): string[] {
  const base = error.instancePath.split('/').filter(Boolean).join('.')
  const inner = error.params.requiredProperties ?? error.params.additionalProperties
  if (!Array.isArray(inner) || inner.length === 0) return [base || 'body']
  return inner.map((name) => (base ? `${base}.${name}` : String(name)))
}

function explain({ keyword, params }: SchemaError): Pick<FieldError, 'code' | 'message'> {
  const limit = String(params.limit ?? '')
  switch (keyword) {
    case 'required':
      return {
        code: 'required',
        message: { ru: 'Обязательное поле', kk: 'Міндетті өріс', en: 'This field is required' },
      }
    case 'additionalProperties':
    case 'boolean':
      return {
        code: 'unknown_field',
        message: { ru: 'Неизвестное поле', kk: 'Белгісіз өріс', en: 'Unknown field' },
      }
    case 'minLength':
    case 'minItems':
      return {
        code: 'too_short',
        message: { ru: `Не короче ${limit}`, kk: `Кемінде ${limit}`, en: `At least ${limit}` },
      }
    case 'maxLength':
    case 'maxItems':
      return {
        code: 'too_long',
        message: { ru: `Не длиннее ${limit}`, kk: `Ең көбі ${limit}`, en: `At most ${limit}` },
      }
    case 'minimum':
    case 'exclusiveMinimum':
      return {
        code: 'too_small',
        message: {
          ru: `Слишком мало: граница ${limit}`,
          kk: `Тым аз: шегі ${limit}`,
          en: `Too small: the bound is ${limit}`,
        },
      }
    case 'maximum':
    case 'exclusiveMaximum':
      return {
        code: 'too_large',
        message: {
          ru: `Слишком много: граница ${limit}`,
          kk: `Тым көп: шегі ${limit}`,
          en: `Too large: the bound is ${limit}`,
        },
      }
    case 'enum':
    case 'const':
    case 'anyOf':
      return {
        code: 'not_allowed',
        message: { ru: 'Недопустимое значение', kk: 'Рұқсат етілмеген мән', en: 'This value is not allowed' },
      }
    case 'format':
    case 'pattern':
      return {
        code: 'bad_format',
        message: { ru: 'Неверный формат', kk: 'Пішімі дұрыс емес', en: 'Wrong format' },
      }
    case 'type':
      return {
        code: 'wrong_type',
        message: { ru: 'Неверный тип значения', kk: 'Мән түрі дұрыс емес', en: 'Wrong type of value' },
      }
    case 'text':
      return {
        code: 'bad_text',
        message: {
          ru: 'Текст содержит недопустимые символы',
          kk: 'Мәтінде рұқсат етілмеген таңбалар бар',
          en: 'The text contains characters that cannot be stored',
        },
      }
    default:
      return {
        code: 'invalid',
        message: { ru: 'Неверное значение', kk: 'Мән дұрыс емес', en: 'Invalid value' },
      }
  }
}
