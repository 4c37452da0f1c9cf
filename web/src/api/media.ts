/** Widths in which the server keeps every public picture (contract 2.17, `/media`). */
const WIDTHS = [320, 640, 1024] as const
const ORIGINAL = /\/media\/[^/?]+\/original\.webp$/

/** Smaller copies of a public picture for `srcset`; undefined for addresses that have none (signed, foreign, old). */
export function srcSetOf(url: string | undefined): string | undefined {
  if (url === undefined || !ORIGINAL.test(url)) return undefined
  return WIDTHS.map((width) => `${url.replace(/original\.webp$/, `${width}.webp`)} ${width}w`).join(', ')
}
