import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export type Delivered = {
  from: string
  to: string[]
  secure: boolean
  user: string | null
  raw: string
  mail: ParsedMail
}

/** A real SMTP server on loopback that keeps what it is given. */
export type SmtpInbox = {
  port: number
  delivered: Delivered[]
  /** Connections made so far. */
  connections: () => number
  stop: () => Promise<void>
}

export type SmtpBehaviour = {
  account?: { user: string; password: string }
  /** The answer to RCPT TO, by address; undefined accepts. */
  refuse?: (recipient: string) => { code: number; message: string } | undefined
  /** The greeting, when it is not a welcome. */
  turn_away?: { code: number; message: string }
  /** Further options of smtp-server. */
  server?: SMTPServerOptions
}

export async function startSmtp(behaviour: SmtpBehaviour = {}): Promise<SmtpInbox> {
  const delivered: Delivered[] = []
  let connections = 0
  const { account } = behaviour
  const server = new SMTPServer({
    authOptional: account === undefined,
    // Lets a test sign in without TLS; the client decides whether it does.
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    ...behaviour.server,
    onConnect: (_session, done) => {
      connections += 1
      done(behaviour.turn_away ? answerOf(behaviour.turn_away) : null)
    },
    onAuth: (auth, _session, done) => {
      const right =
        account !== undefined && auth.username === account.user && auth.password === account.password
      if (right) done(null, { user: auth.username })
      else done(answerOf({ code: 535, message: '5.7.8 Invalid username or password' }))
    },
    onRcptTo: (recipient, _session, done) => {
      const refusal = behaviour.refuse?.(recipient.address)
      done(refusal ? answerOf(refusal) : null)
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(answerOf({ code: 552, message: '5.3.4 message too large' }))
        const raw = Buffer.concat(chunks)
        const { mailFrom, rcptTo } = session.envelope
        simpleParser(raw).then((mail) => {
          delivered.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map((recipient) => recipient.address),
            secure: session.secure,
            user: typeof session.user === 'string' ? session.user : null,
            raw: raw.toString(),
            mail,
          })
          done()
        }, done)
      })
    },
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    port: portOf(server.server.address()),
    delivered,
    connections: () => connections,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Accepts connections and says nothing, ever. */
export async function startSilentServer(): Promise<{ port: number; stop: () => Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: portOf(server.address()),
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answerOf(answer: { code: number; message: string }): Error {
  return Object.assign(new Error(answer.message), { responseCode: answer.code })
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  return address.port
}
