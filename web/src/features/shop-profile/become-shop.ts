import { session } from '../../api/browser-session.ts'
import { answer, api } from '../../api/client.ts'

/** The person goes on as their own shop, which is made when there is none (contract 2.1). */
export async function becomeShop(): Promise<void> {
  const given = await answer(api.POST('/api/v1/auth/user/get-or-create-shop'))
  session.start(given, 'shop')
}
