import type { LightMyRequestResponse } from 'fastify'
import { expect } from 'vitest'
import { LOCALES, type Locale } from '#kernel/locale.ts'

type FieldError = { field: string; code: string; message: string }
export type ProblemAnswer = { status: number; code: string; detail: string; errors?: FieldError[] }

/** What a text looks like in each language of the platform; none of the others would pass. */
const ALPHABET: Record<Locale, (text: string) => boolean> = {
  ru: (text) => /[а-яё]/i.test(text) && !/[әғқңөұүһі]/i.test(text),
  kk: (text) => /[а-яё]/i.test(text) && !/\b(и|не|нет|или|только|этот)\b/iu.test(text),
  en: (text) => /[a-z]/i.test(text) && !/[а-яёәғқңөұүһі]/i.test(text),
}
const LEAKS =
  /\bat [\w.<>]+ \(|node_modules|\/src\/|\.ts:\d|\b(select|insert|update|delete)\b .{0,60}\b(from|into|set|where)\b|pgboss|SQLSTATE|\bpg_|violates|relation "|does not exist|syntax error|FST_|ECONN|TypeError|RangeError|SyntaxError/i

/** A complete problem of contract 0.5 in the caller's language, and nothing of the inside of the server. */
export function expectProblem(
  response: LightMyRequestResponse,
  { locale = 'ru', about = '' }: { locale?: Locale; about?: string } = {},
): ProblemAnswer {
  const { headers, statusCode } = response
  expect(headers['content-type'], about).toBe('application/problem+json; charset=utf-8')
  const body: ProblemAnswer & Record<string, unknown> = response.json()
  expect(body, about).toMatchObject({
    type: `/problems/${body.code}`,
    title: expect.stringMatching(/^[A-Z][^а-яА-Я]+$/),
    status: statusCode,
    detail: expect.any(String),
    instance: expect.stringMatching(/^\//),
    code: expect.stringMatching(/^[a-z0-9_]+$/),
    request_id: headers['x-request-id'],
  })
  expect(headers['x-request-id'], about).toMatch(/^[\w-]{16,64}$/)
  expect(headers['cache-control'], about).toBe('no-store')
  expect(headers['content-language'], about).toBe(locale)
  expect(ALPHABET[locale](body.detail), `${about}: not ${locale}: ${body.detail}`).toBe(true)
  expect('errors' in body, `${about}: errors belong to validation`).toBe(body.code === 'validation_failed')
  for (const error of body.errors ?? []) {
    expect(Object.keys(error).toSorted(), about).toEqual(['code', 'field', 'message'])
    expect(ALPHABET[locale](error.message), `${about}: not ${locale}: ${error.message}`).toBe(true)
  }
  expect(response.body.replaceAll('\\"', '"'), about).not.toMatch(LEAKS)
  return body
}

export const languageOf = (index: number): Locale => LOCALES[index % LOCALES.length] ?? 'ru'
