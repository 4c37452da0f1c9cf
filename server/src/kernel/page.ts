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
