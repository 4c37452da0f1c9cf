import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { IdentityDeps } from './deps.ts'
import { accountRoutes } from './routes/account.ts'
import { adminShopListRoutes } from './routes/admin-shop-lists.ts'
import { adminShopRoutes } from './routes/admin-shops.ts'
import { adminUserRoutes } from './routes/admin-users.ts'
import { appleRoutes } from './routes/apple.ts'
import { avatarRoutes } from './routes/avatars.ts'
import { closingRoutes } from './routes/closing.ts'
import { guardCookieRequests } from './routes/cookie-session.ts'
import { emailChangeRoutes } from './routes/email-change.ts'
import { googleRoutes } from './routes/google.ts'
import { passkeyRoutes } from './routes/passkeys.ts'
import { passwordRoutes } from './routes/passwords.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { shopRoutes } from './routes/shops.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { switchProfileRoutes } from './routes/switch-profile.ts'
import { telegramRoutes } from './routes/telegram.ts'
import { twoFactorRoutes } from './routes/two-factor.ts'
import { userRoutes } from './routes/users.ts'

export { type CookieSessions, cookieSessions } from './routes/cookie-session.ts'
export { jwksRoutes } from './routes/jwks.ts'

/** Everything of the slice under `/api/v1`. */
export function identityRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  const parts = [
    signInRoutes,
    passwordRoutes,
    emailChangeRoutes,
    accountRoutes,
    sessionRoutes,
    twoFactorRoutes,
    passkeyRoutes,
    googleRoutes,
    appleRoutes,
    telegramRoutes,
    userRoutes,
    shopRoutes,
    avatarRoutes,
    closingRoutes,
    switchProfileRoutes,
    adminShopRoutes,
    adminShopListRoutes,
    adminUserRoutes,
  ]
  return async (http) => {
    guardCookieRequests(http, deps)
    for (const routes of parts) await http.register(routes(deps))
  }
}
