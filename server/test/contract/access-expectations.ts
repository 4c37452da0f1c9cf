import type { TestApp } from '#test/app.ts'
import { ACTORS, type ActorName, type World } from './world.ts'

/** What is sent. Objects are made for the call, by their owner, so that no call feels what another did. */
export type Call = (at: { app: TestApp; world: World; actor: ActorName }) => Promise<Input> | Input
export type Input = {
  params?: Record<string, string | number>
  query?: string
  payload?: object
  headers?: Record<string, string>
  /** Name of the form field of one picture. */
  files?: string
}
export type Expected = Record<ActorName, string>
export type Row = { operation: string; about?: string; call: Call; expected: Expected }

export const SIGN_IN = '401 not_authenticated'
const FACTOR = '401 two_factor_required'
const WRONG_TYPE = '403 wrong_account_type'
export const GONE = '404 not_found'

export const rest = (outcome: string, other: Partial<Expected>): Expected => ({
  // One entry per name of the list.
  ...(Object.fromEntries(ACTORS.map((actor) => [actor, outcome])) as Expected),
  ...other,
})

/** The same for all: the token is not looked at. */
export const everyone = (outcome: string) => rest(outcome, {})
/** The same for all whose token is good. */
export const anyone = (outcome: string, other: Partial<Expected> = {}) =>
  rest(outcome, { admin_without_second_factor: FACTOR, ...other })
export const signedIn = (outcome: string, other: Partial<Expected> = {}) =>
  anyone(outcome, { guest: SIGN_IN, ...other })
export const users = (outcome: string, other: Partial<Expected> = {}) =>
  signedIn(outcome, { shop: WRONG_TYPE, other_shop: WRONG_TYPE, ...other })
export const shops = (outcome: string, other: Partial<Expected> = {}) =>
  signedIn(WRONG_TYPE, { shop: outcome, other_shop: outcome, ...other })
export const admins = (outcome: string) => users('403 admin_only', { admin: outcome })
/** Somebody else's: it does not exist, for an admin neither. */
export const onlyUser = (outcome: string) => users(GONE, { user: outcome })
export const onlyShop = (outcome: string) => shops(GONE, { shop: outcome })

export const API = '/api/v1'
export const row = (operation: string, expected: Expected, call: Call = () => ({}), about?: string): Row => {
  const [method, path] = operation.split(' ')
  return {
    operation: `${method} ${path?.startsWith('~') ? path.slice(1) : `${API}${path}`}`,
    expected,
    call,
    ...(about ? { about } : {}),
  }
}
export const body =
  (payload: object): Call =>
  () => ({ payload })
