import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Db } from '#infra/db.ts'
import { shopOf, userOf } from '#infra/http.ts'
import { PageQuery } from '#infra/schemas.ts'
import { centsToWire } from '#kernel/money.ts'
import { findFunds, listTransactions } from './queries.ts'
import { Transaction, transactionToWire, UserBalance } from './schemas.ts'

export function walletRoutes(deps: { db: Db }): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/users/me/balance',
      {
        schema: { tags: ['users'], response: { 200: UserBalance } },
        config: { access: 'user', limit: 'standard' },
      },
      async (request) => {
        const funds = await findFunds(deps.db, userOf(request).user_id)
        const { free_generations_left, free_try_ons_left } = funds
        return { balance: centsToWire(funds.balance_cents), free_generations_left, free_try_ons_left }
      },
    )
    const list = { tags: ['users'], querystring: PageQuery, response: { 200: Type.Array(Transaction) } }
    http.get(
      '/users/me/transactions',
      { schema: list, config: { access: 'user', limit: 'standard' } },
      async (request) => {
        const rows = await listTransactions(deps.db, { user_id: userOf(request).user_id }, request.query)
        return rows.map(transactionToWire)
      },
    )
    http.get(
      '/shops/me/transactions',
      { schema: { ...list, tags: ['shops'] }, config: { access: 'shop', limit: 'standard' } },
      async (request) => {
        const rows = await listTransactions(deps.db, { shop_id: shopOf(request).shop_id }, request.query)
        return rows.map(transactionToWire)
      },
    )
  }
}
