import type { FastifyInstance } from 'fastify'
import type { Db } from '#infra/db.ts'

type Auth = { authorization?: string }
type Running = { http: Pick<FastifyInstance, 'inject'>; db: Db }

/** Decisions on cards and their traces, for the tests of moderation. */
export function testDecisions(running: () => Running) {
  return {
    decide: (auth: Auth, product_id: number, decision: 'approve' | 'reject', body?: object) =>
      running().http.inject({
        method: 'POST',
        url: `/api/v1/admin/moderation/${product_id}/${decision}`,
        headers: auth,
        ...(body === undefined ? {} : { payload: body }),
      }),
    balance: async (shop: { shop_id: number }): Promise<number> => {
      const row = await running()
        .db.selectFrom('wallet.v_shop_funds')
        .select('balance_cents')
        .where('shop_id', '=', shop.shop_id)
        .executeTakeFirstOrThrow()
      return row.balance_cents
    },
    auditOf: (product_id: number) =>
      running()
        .db.selectFrom('audit.logs')
        .selectAll()
        .where('entity_type', '=', 'product')
        .where('entity_id', '=', product_id)
        .orderBy('id')
        .execute(),
  }
}
