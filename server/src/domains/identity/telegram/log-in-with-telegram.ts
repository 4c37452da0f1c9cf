import { randomUUID } from 'node:crypto'
import { record } from '#domains/audit/public.ts'
import { inTransaction } from '#infra/db.ts'
import type { CallContext, Platform } from '#kernel/actor.ts'
import type { Locale } from '#kernel/locale.ts'
import { finishSignIn, type SignInOutcome } from '../accounts/finish-sign-in.ts'
import type { IdentityDeps } from '../deps.ts'
import { INVENTED_EMAIL_DOMAIN } from '../model.ts'
import { providerCredentialsInvalid, providerNotConfigured } from '../problems.ts'
import { linkIdentity } from '../providers/link-identity.ts'
import { readInitData } from './read-init-data.ts'

export type TelegramLogIn = { init_data: string; platform: Platform; locale: Locale; call: CallContext }

/**
 * Signs the person in who opened our Mini App inside Telegram, as a user. Telegram tells no e-mail: the account gets an
 * address that nobody has and that counts as unverified, until the person names an own one.
 * @throws provider_credentials_invalid (401), unavailable (503) when the installation has no bot
 */
export async function logInWithTelegram(deps: IdentityDeps, input: TelegramLogIn): Promise<SignInOutcome> {
  const { telegram_bot_token } = deps.config
  if (telegram_bot_token === null) throw providerNotConfigured('telegram')
  const { platform, locale, call } = input
  const person = readInitData(input.init_data, telegram_bot_token, deps.clock.now())
  try {
    if (person === null) throw providerCredentialsInvalid('telegram')
    const account = await linkIdentity(deps, {
      identity: {
        provider: 'telegram',
        subject: person.telegram_id,
        // Random: numbers of people are no secret, and nobody shall take the address of a person who comes later.
        email: `${randomUUID()}@${INVENTED_EMAIL_DOMAIN}`,
        is_email_invented: true,
        is_email_unverified: true,
        name: person.name,
        picture: null,
      },
      account_type: 'user',
      locale,
      call,
    })
    return await finishSignIn(deps, account, { account_type: 'user', platform, amr: ['telegram'], call })
  } catch (error) {
    await noteRefusal(deps, call)
    throw error
  }
}

async function noteRefusal(deps: IdentityDeps, call: CallContext): Promise<void> {
  await inTransaction(deps.db, (tx) =>
    record(tx, {
      actor: { kind: 'guest' },
      call,
      action: 'identity.sign_in_failed',
      entity_type: 'account',
      entity_id: null,
      new_values: { method: 'telegram', account_type: 'user' },
    }),
  )
}
