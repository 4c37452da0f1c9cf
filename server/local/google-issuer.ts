import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import Provider, { type Configuration, interactionPolicy, type JWK } from 'oidc-provider'
import { chooseLanguage, type Language, messagePage, signInPage } from './google-page.ts'
import { CHOICES, type Person, readTyped } from './google-person.ts'

export type IssuerOptions = {
  issuer: string
  client_id: string
  client_secret: string
  /** Where the site receives the code. */
  redirect_uri: string
  /** Other clients of the same product whose tokens the server also accepts: phone apps, mobile web. */
  extra_audiences: string[]
  /** How late `fail:slow@…` is answered. */
  slow_ms: number
}

const BODY_BYTES_MAX = 10_000
const HOUR_S = 3_600

/**
 * A real OpenID Connect issuer that stands in for Google on one machine: discovery, RS256 keys, code flow with PKCE and
 * nonce, userinfo. It believes everybody, so it must never be reachable from outside of development.
 */
export function createIssuer(options: IssuerOptions): Server {
  const people = new Map<string, Person>()
  const provider = new Provider(options.issuer, configuration(options, people))
  const answer = provider.callback()
  return createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '/'
    const work = path.startsWith('/sign-in/')
      ? signIn(provider, people, request, response)
      : path === '/'
        ? sendPage(response, 200, messagePage(languageOf(request), 'idle'))
        : answer(request, response)
    Promise.resolve(work).catch((error: unknown) => {
      if (response.headersSent) return response.destroy()
      const detail = error instanceof Error ? error.message : String(error)
      return sendPage(response, 400, messagePage(languageOf(request), 'expired', detail))
    })
  })
}

function configuration(options: IssuerOptions, people: Map<string, Person>): Configuration {
  const policy = interactionPolicy.base()
  // Google lets the person choose each time; a session remembered here would sign the last one in unseen.
  policy
    .get('login')
    ?.checks.add(
      new interactionPolicy.Check(
        'choose',
        'the person chooses an account',
        (ctx) => !ctx.oidc.result?.login,
      ),
    )
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0)
  return {
    clients: clientsOf(options),
    jwks: { keys: [newKey()] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    scopes: ['openid', 'email', 'profile'],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'given_name', 'family_name', 'picture', 'locale'],
    },
    // Google puts e-mail and name into the token itself; the clients rely on it.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { policy, url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    clientBasedCORS: () => false,
    ttl: {
      AccessToken: HOUR_S,
      AuthorizationCode: 60,
      IdToken: HOUR_S,
      Interaction: HOUR_S,
      Session: HOUR_S,
      Grant: HOUR_S,
    },
    findAccount: async (_ctx, sub) => {
      const person = people.get(sub)
      if (!person) return undefined
      if (person.is_slow) await sleep(options.slow_ms)
      return { accountId: sub, claims: () => claimsOf(person) }
    },
    renderError: (ctx, out) => {
      ctx.type = 'html'
      ctx.body = messagePage(languageOf(ctx.req), 'expired', `${out.error}: ${out.error_description ?? ''}`)
    },
  }
}

function clientsOf(options: IssuerOptions): NonNullable<Configuration['clients']> {
  const common = { redirect_uris: [options.redirect_uri], response_types: ['code' as const] }
  return [
    {
      ...common,
      client_id: options.client_id,
      client_secret: options.client_secret,
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['authorization_code'],
    },
    ...options.extra_audiences.map((client_id) => ({
      ...common,
      client_id,
      token_endpoint_auth_method: 'none' as const,
      grant_types: ['authorization_code'],
    })),
  ]
}

/** Made anew at each start: nothing that was signed has to outlive the program. */
function newKey(): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const {
    n = '',
    e = '',
    d = '',
    p = '',
    q = '',
    dp = '',
    dq = '',
    qi = '',
  } = privateKey.export({ format: 'jwk' })
  const kid = randomBytes(8).toString('hex')
  return { kty: 'RSA', n, e, d, p, q, dp, dq, qi, kid, alg: 'RS256', use: 'sig' }
}

function claimsOf(person: Person) {
  const [given_name = person.name, ...rest] = person.name.split(' ')
  return {
    sub: person.sub,
    email: person.email,
    email_verified: person.email_verified,
    name: person.name,
    given_name,
    ...(rest.length > 0 ? { family_name: rest.join(' ') } : {}),
  }
}

async function signIn(
  provider: Provider,
  people: Map<string, Person>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const interaction = await provider.interactionDetails(request, response)
  const { searchParams, pathname } = new URL(request.url ?? '/', 'http://localhost')
  const fields = request.method === 'POST' ? await readForm(request) : new URLSearchParams()
  const asked = fields.get('language') ?? searchParams.get('language') ?? undefined
  const language = chooseLanguage(
    asked,
    textOr(interaction.params.ui_locales),
    request.headers['accept-language'],
  )
  const chosen = CHOICES[Number(fields.get('choice') ?? Number.NaN)]
  const email = chosen?.email ?? fields.get('email') ?? textOr(interaction.params.login_hint) ?? ''
  const name = chosen?.name ?? fields.get('name') ?? ''
  const show = (is_invalid: boolean) =>
    sendPage(
      response,
      is_invalid ? 422 : 200,
      signInPage({ language, action: pathname, email, name, is_invalid }),
    )

  if (request.method !== 'POST') return show(false)
  const typed = fields.has('cancel') ? { failure: 'access_denied' } : readTyped(email, name)
  if ('invalid' in typed) return show(true)
  if ('failure' in typed) {
    return provider.interactionFinished(request, response, {
      error: typed.failure,
      error_description: `asked for by what was typed: ${typed.failure}`,
    })
  }
  people.set(typed.person.sub, typed.person)
  const grant = new provider.Grant({
    accountId: typed.person.sub,
    clientId: String(interaction.params.client_id),
  })
  grant.addOIDCScope(String(interaction.params.scope))
  await provider.interactionFinished(request, response, {
    login: { accountId: typed.person.sub, remember: false },
    consent: { grantId: await grant.save() },
    select_account: {},
  })
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > BODY_BYTES_MAX) throw new Error('the form is too large')
  }
  return new URLSearchParams(text)
}

function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  response.end(html)
}

function languageOf(request: IncomingMessage): Language {
  return chooseLanguage(request.headers['accept-language'])
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
