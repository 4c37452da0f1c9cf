/** Contract 4.1: what a shop may put on its balance at once. */
const AMOUNT_MIN = 1
const AMOUNT_MAX = 50_000

/** Comma or point, spaces between thousands; null when it is no amount that can be paid. */
export function topUpAmount(typed: string): number | null {
  const plain = typed.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.')
  if (!/^\d+(\.\d{1,2})?$/.test(plain)) return null
  const amount = Number(plain)
  return amount >= AMOUNT_MIN && amount <= AMOUNT_MAX ? amount : null
}
