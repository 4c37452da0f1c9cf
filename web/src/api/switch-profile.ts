import { session } from './browser-session.ts'
import { answer, api } from './client.ts'
import type { AccountType } from './session.ts'

/** The person goes on as the other profile of the account, which is made when there is none (contract 2.1). */
export async function switchProfile(to: AccountType): Promise<void> {
  const given =
    to === 'shop'
      ? await answer(api.POST('/api/v1/auth/user/get-or-create-shop'))
      : await answer(api.POST('/api/v1/auth/shop/get-or-create-user'))
  session.start(given, to)
}
