/** Style 1 of contract 0.6: `skip` and `limit`, already checked by the route schema. */
export type Page = { skip: number; limit: number }

export type PageEnvelope = { total: number; page: number; page_size: number }

/** `page` = ⌊skip/limit⌋ + 1. */
export function pageEnvelope(total: number, page: Page): PageEnvelope {
  return { total, page: Math.floor(page.skip / page.limit) + 1, page_size: page.limit }
}

/** Text for a `like … escape '\'` "contains" search: `%`, `_` and `\` are literal (contract 0.6). */
export function likeContains(text: string): string {
  return `%${text.replace(/[\\%_]/g, (char) => `\\${char}`)}%`
}

/** Rows in the order of their ids, read a page at a time: as many as there are, in the memory of one page. */
export async function* inPages<Row extends { id: number }>(
  readPage: (after_id: number, limit: number) => Promise<Row[]>,
  limit = 200,
): AsyncGenerator<Row> {
  let after_id = 0
  for (;;) {
    const page = await readPage(after_id, limit)
    yield* page
    const last = page.at(-1)
    if (!last || page.length < limit) return
    after_id = last.id
  }
}
