import { BAD, type Case, form, post, raw, TYPE } from './refusals.ts'

export const BODIES: Case[] = [
  ['broken off', BAD, () => raw('user', '/generations/generate', '{"prompt":"co')],
  ['no JSON', BAD, () => raw('user', '/generations/generate', 'prompt=coat')],
  ['two documents', BAD, () => raw('user', '/generations/generate', '{"prompt":"coat"}{}')],
  [
    '__proto__',
    BAD,
    () => raw('user', '/generations/generate', '{"prompt":"coat","__proto__":{"role":"admin"}}'),
  ],
  [
    'constructor.prototype',
    BAD,
    () =>
      raw('user', '/generations/generate', '{"prompt":"coat","constructor":{"prototype":{"role":"admin"}}}'),
  ],
  [
    '__proto__ inside of free-form members',
    BAD,
    () => raw('shop', '/products', '{"name":"A","price":1,"characteristics":{"__proto__":{"a":1}}}'),
  ],
  [
    '200,000 levels deep',
    BAD,
    () => raw('user', '/generations/generate', `{"prompt":${'['.repeat(200_000)}${']'.repeat(200_000)}}`),
  ],
  [
    '200,000 levels deep where anything is allowed',
    BAD,
    () =>
      raw(
        'guest',
        '/payments/paypal/webhook',
        `{"id":"1","event_type":"a","a":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
      ),
  ],
  [
    'deep where no body is expected',
    BAD,
    () => ({
      ...raw('user', `/payments/capture/x`, '['.repeat(9_999) + ']'.repeat(9_999)),
      headers: { 'content-type': 'application/json', 'idempotency-key': 'deep' },
    }),
  ],
  ['plain text', TYPE, () => raw('user', '/generations/generate', '{"prompt":"coat"}', 'text/plain')],
  ['XML', TYPE, () => raw('user', '/generations/generate', '<prompt>coat</prompt>', 'application/xml')],
  [
    'a form where JSON is expected',
    TYPE,
    () => raw('user', '/generations/generate', 'prompt=coat', 'application/x-www-form-urlencoded'),
  ],
  [
    'a multipart form where JSON is expected',
    TYPE,
    () => form('user', '/generations/generate', [{ name: 'prompt', value: 'coat' }]),
  ],
  [
    'bytes of no type',
    TYPE,
    () => ({
      who: 'user',
      method: 'POST',
      url: '/generations/generate',
      payload: Buffer.from('{}'),
      headers: { 'content-type': 'application/octet-stream' },
    }),
  ],
  ['JSON where a form is expected', TYPE, () => post('user', '/media/person-photos', { file: 'x' })],
]
