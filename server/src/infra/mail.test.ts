import { afterEach, describe, expect, test } from 'vitest'
import { type SmtpBehaviour, type SmtpInbox, startSmtp } from '#test/smtp.ts'
import { type Mail, MailRefused, type MailTransport, MailUnavailable } from './mail.ts'
import { createMailboxTransport } from './mail-mailbox.ts'
import { openMail } from './mail-open.ts'
import { createSmtpTransport, parseSmtpUrl } from './mail-smtp.ts'

const FROM = 'Леема <no-reply@leema.example>'
const MAIL: Mail = {
  to: 'aida@example.com',
  subject: 'Примерка готова: жёлтое платье',
  text: 'Здравствуйте, Аида!\n\nҚұттықтаймыз — сіздің киіміңіз дайын.',
  html: '<p>Здравствуйте, <b>Аида</b>!</p>',
  headers: { 'Auto-Submitted': 'auto-generated' },
  message_id: '<mail-7@leema.example>',
}

const opened: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const part of opened.splice(0).reverse()) await part.close()
})

async function inbox(behaviour: SmtpBehaviour = {}): Promise<SmtpInbox> {
  const server = await startSmtp(behaviour)
  opened.push({ close: server.stop })
  return server
}

function transportTo(url: string, from = FROM): MailTransport {
  const transport = openMail({ smtp_url: url, from })
  opened.push(transport)
  return transport
}

async function failure(work: Promise<unknown>): Promise<MailRefused | MailUnavailable> {
  const error = await work.then(
    () => new Error('nothing failed'),
    (reason: unknown) => reason,
  )
  if (error instanceof MailRefused || error instanceof MailUnavailable) return error
  throw error
}

test('a mail arrives as it was written, in Russian and Kazakh', async () => {
  const server = await inbox({ account: { user: 'leema', password: 'p@ss: word' } })
  const transport = transportTo(`smtp://leema:${encodeURIComponent('p@ss: word')}@127.0.0.1:${server.port}`)
  await transport.verify()
  expect(await transport.send(MAIL)).toEqual({ accepted: true })
  expect(server.delivered).toHaveLength(1)
  const [arrived] = server.delivered
  expect(arrived).toMatchObject({ from: 'no-reply@leema.example', to: ['aida@example.com'], user: 'leema' })
  expect(arrived?.mail.subject).toBe(MAIL.subject)
  expect(arrived?.mail.text?.trim()).toBe(MAIL.text)
  expect(String(arrived?.mail.html).trim()).toBe(MAIL.html)
  expect(arrived?.mail.from?.value).toEqual([{ name: 'Леема', address: 'no-reply@leema.example' }])
  expect(arrived?.mail.messageId).toBe(MAIL.message_id)
  expect(arrived?.mail.headers.get('auto-submitted')).toBe('auto-generated')
  expect(arrived?.mail.headers.has('x-mailer')).toBe(false)
})

test('fifty mails go over a few connections, each once', async () => {
  const server = await inbox()
  const transport = transportTo(`smtp://127.0.0.1:${server.port}`)
  const ids = Array.from({ length: 50 }, (_, i) => `<mail-${i}@leema.example>`)
  await Promise.all(ids.map((message_id) => transport.send({ ...MAIL, message_id })))
  expect(server.delivered.map((d) => d.mail.messageId ?? '').sort()).toEqual(ids.sort())
  expect(server.connections()).toBeLessThanOrEqual(3)
})

describe('refused for good', () => {
  test('a wrong password', async () => {
    const server = await inbox({ account: { user: 'leema', password: 'right' } })
    const transport = transportTo(`smtp://leema:wrong@127.0.0.1:${server.port}`)
    for (const attempt of [() => transport.send(MAIL), () => transport.verify()]) {
      const error = await failure(attempt())
      expect(error).toBeInstanceOf(MailRefused)
      expect(error).toMatchObject({ reason: 'auth_failed', smtp_code: '535 5.7.8' })
    }
    expect(server.delivered).toEqual([])
  })

  test('an unknown recipient; the address is not repeated in the error', async () => {
    const refuse = (to: string) => ({ code: 550, message: `5.1.1 <${to}>: no such user` })
    const server = await inbox({ refuse })
    const error = await failure(transportTo(`smtp://127.0.0.1:${server.port}`).send(MAIL))
    expect(error).toBeInstanceOf(MailRefused)
    expect(error).toMatchObject({ reason: 'recipient_refused', smtp_code: '550 5.1.1' })
    expect(error.message).toBe('mail refused: recipient_refused (550 5.1.1)')
    expect(JSON.stringify([error, error.stack, error.cause])).not.toContain('aida')
  })

  test('a message that is too large for the server', async () => {
    const server = await inbox({ server: { size: 1_000 } })
    const error = await failure(
      transportTo(`smtp://127.0.0.1:${server.port}`).send({ ...MAIL, text: 'x'.repeat(5_000) }),
    )
    expect(error).toMatchObject({ name: 'MailRefused', reason: 'message_refused' })
  })
})

describe('not yet, but trying again may help', () => {
  test('a recipient that is put off', async () => {
    const server = await inbox({ refuse: () => ({ code: 450, message: '4.2.1 come back later' }) })
    const error = await failure(transportTo(`smtp://127.0.0.1:${server.port}`).send(MAIL))
    expect(error).toBeInstanceOf(MailUnavailable)
    expect(error).toMatchObject({ reason: 'deferred', smtp_code: '450 4.2.1' })
  })

  test('a server that is not there, and then is', async () => {
    const server = await inbox()
    const { port } = server
    const transport = transportTo(`smtp://127.0.0.1:${port}`)
    await server.stop()
    expect(await failure(transport.send(MAIL))).toMatchObject({
      name: 'MailUnavailable',
      reason: 'connection_refused',
    })
    expect(await failure(transport.verify())).toMatchObject({
      name: 'MailUnavailable',
      reason: 'connection_refused',
    })
  })

  test('a host that does not exist', async () => {
    const error = await failure(transportTo('smtps://mail.invalid').send(MAIL))
    expect(error).toMatchObject({ name: 'MailUnavailable', reason: 'dns_failed' })
  })

  test('a server that turns everybody away at the door', async () => {
    const server = await inbox({ turn_away: { code: 554, message: '5.7.1 not today' } })
    const error = await failure(transportTo(`smtp://127.0.0.1:${server.port}`).send(MAIL))
    expect(error).toMatchObject({ name: 'MailUnavailable', reason: 'deferred', smtp_code: '554 5.7.1' })
  })

  test('a connection that breaks between two mails costs none of them', async () => {
    const server = await inbox({ server: { socketTimeout: 400 } })
    const transport = transportTo(`smtp://127.0.0.1:${server.port}`)
    await transport.send(MAIL)
    await new Promise((resolve) => setTimeout(resolve, 700))
    await transport.send({ ...MAIL, message_id: '<mail-8@leema.example>' })
    expect(server.delivered.map((d) => d.mail.messageId)).toEqual([
      '<mail-7@leema.example>',
      '<mail-8@leema.example>',
    ])
  })
})

describe('encryption', () => {
  test('to another machine nothing is said before STARTTLS: no password, no mail', async () => {
    const server = await inbox({ account: { user: 'leema', password: 'secret' } })
    // 0.0.0.0 reaches this machine but is not a name for it, as any other host.
    const error = await failure(transportTo(`smtp://leema:secret@0.0.0.0:${server.port}`).send(MAIL))
    expect(error).toMatchObject({ name: 'MailUnavailable', reason: 'tls_failed' })
    expect(server.delivered).toEqual([])
  })

  test('a certificate that nobody vouches for is not accepted', async () => {
    const server = await inbox({ server: { secure: true } })
    const error = await failure(transportTo(`smtps://127.0.0.1:${server.port}`).send(MAIL))
    expect(error).toBeInstanceOf(MailUnavailable)
    expect(server.delivered).toEqual([])
  })

  test.each([
    [
      'smtp://mail.example',
      { host: 'mail.example', port: 587, secure: false, requireTLS: true, ignoreTLS: false },
    ],
    [
      'smtp://mail.example:25',
      { host: 'mail.example', port: 25, secure: false, requireTLS: true, ignoreTLS: false },
    ],
    [
      'smtp://mail.example:465',
      { host: 'mail.example', port: 465, secure: true, requireTLS: false, ignoreTLS: false },
    ],
    [
      'smtps://mail.example',
      { host: 'mail.example', port: 465, secure: true, requireTLS: false, ignoreTLS: false },
    ],
    [
      'smtp://localhost:2525',
      { host: 'localhost', port: 2525, secure: false, requireTLS: false, ignoreTLS: true },
    ],
    ['smtp://[::1]', { host: '::1', port: 587, secure: false, requireTLS: false, ignoreTLS: true }],
    [
      'smtp://127.0.0.1.evil.example',
      { host: '127.0.0.1.evil.example', port: 587, secure: false, requireTLS: true, ignoreTLS: false },
    ],
  ])('%s', (url, expected) => {
    expect(parseSmtpUrl(url)).toEqual(expected)
  })

  test.each([
    'http://u:hunter2@host',
    'smtp://',
    'hunter2',
    'smtp://u:hunter2@host/path',
    'smtp://u:hunter2@host?tls=no',
    'smtp://u:hunter2%@host',
  ])('refuses %s without repeating it', (url) => {
    expect(() => parseSmtpUrl(url)).toThrow(/^SMTP_URL /)
    expect(() => parseSmtpUrl(url)).not.toThrow(/hunter2/)
  })

  test.each(['', 'Leema', 'a@b, c@d', 'Leema <a@b> <c@d>', 'Leema\r\nBcc: x@y <a@b>'])(
    'refuses the sender %j',
    (from) => {
      expect(() => createSmtpTransport({ url: 'smtp://localhost', from })).toThrow(/^MAIL_FROM /)
    },
  )
})

describe.each(['smtp', 'mailbox'])('nobody can add a header or a recipient (%s)', (kind) => {
  async function open() {
    const server = await inbox()
    const transport =
      kind === 'smtp' ? transportTo(`smtp://127.0.0.1:${server.port}`) : createMailboxTransport()
    return { server, transport }
  }

  test.each([
    { to: 'aida@example.com, mallory@example.com' },
    { to: 'aida@example.com\r\nBcc: mallory@example.com' },
    { to: 'Aida <aida@example.com>' },
    { to: 'aida@example.com>\r\nRCPT TO:<mallory@example.com' },
    { to: 'aida' },
    { to: '' },
    { message_id: '<a@b>\r\nBcc: mallory@example.com' },
    { message_id: 'a@b' },
    { headers: { 'X-Note': 'a\r\nBcc: mallory@example.com' } },
    { headers: { 'X-Note': 'a\nBcc: mallory@example.com' } },
    { headers: { 'X-Note\r\nBcc': 'mallory@example.com' } },
    { headers: { bcc: 'mallory@example.com' } },
    { headers: { To: 'mallory@example.com' } },
    { headers: { From: 'bank@example.com' } },
    { headers: { 'Content-Type': 'text/html' } },
  ] satisfies Partial<Mail>[])('refuses %j', async (change) => {
    const { server, transport } = await open()
    expect(await failure(transport.send({ ...MAIL, ...change }))).toBeInstanceOf(MailRefused)
    expect(server.delivered).toEqual([])
  })

  test('a line break in a subject, which users may write, becomes a space', async () => {
    const { server, transport } = await open()
    const subject = 'Магазин\r\nBcc: mallory@example.com\n\n<script>\u2028\u0000конец'
    await transport.send({ ...MAIL, subject })
    if (kind === 'mailbox') return expect(server.delivered).toEqual([])
    const [arrived] = server.delivered
    expect(arrived?.to).toEqual(['aida@example.com'])
    expect(arrived?.mail.subject).toBe('Магазин Bcc: mallory@example.com <script> конец')
    expect([...(arrived?.mail.headers.keys() ?? [])].sort()).toEqual([
      'auto-submitted',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
    ])
  })
})
