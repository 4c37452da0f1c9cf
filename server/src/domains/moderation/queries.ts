import { sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'
import type { Locale } from '#kernel/locale.ts'
import { asLocale } from '#kernel/locale.ts'
import type { Page } from '#kernel/page.ts'

/** One row per card, waiting again from now on. */
export async function putInQueue(tx: Tx, product_id: number, submitted_at: Date): Promise<void> {
  await tx
    .insertInto('moderation.queue')
    .values({ product_id, submitted_at })
    .onConflict((oc) =>
      oc
        .column('product_id')
        .doUpdateSet({ submitted_at, reviewed_at: null, reviewed_by: null, notes: null }),
    )
    .execute()
}

export type Review = { product_id: number; reviewed_at: Date; reviewed_by: number; notes: string | null }

/** Also for a card that was decided before: the row tells of the last decision. */
export async function closeInQueue(tx: Tx, review: Review): Promise<void> {
  const { product_id, ...decision } = review
  await tx.updateTable('moderation.queue').set(decision).where('product_id', '=', product_id).execute()
}

/** Returns whether the card was waiting. */
export async function takeFromQueue(tx: Tx, product_id: number): Promise<boolean> {
  const row = await tx
    .deleteFrom('moderation.queue')
    .where('product_id', '=', product_id)
    .returning('reviewed_at')
    .executeTakeFirst()
  return row !== undefined && row.reviewed_at === null
}

export async function countWaiting(db: Reader): Promise<number> {
  const row = await db
    .selectFrom('moderation.queue')
    .select(sql<number>`count(*)`.as('waiting'))
    .where('reviewed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return row.waiting
}

/** Ids of waiting cards, oldest submission first. */
export async function waitingProducts(db: Reader, page: Page): Promise<number[]> {
  const rows = await db
    .selectFrom('moderation.queue')
    .select('product_id')
    .where('reviewed_at', 'is', null)
    .orderBy('submitted_at')
    .orderBy('id')
    .limit(page.limit)
    .offset(page.skip)
    .execute()
  return rows.map((row) => row.product_id)
}

export async function shopLocale(db: Reader, shop_id: number): Promise<Locale> {
  const row = await db
    .selectFrom('identity.v_shop_contacts')
    .select('locale')
    .where('shop_id', '=', shop_id)
    .executeTakeFirst()
  return asLocale(row?.locale)
}
