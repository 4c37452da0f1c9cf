/** Shortest password that stands alone (contract 2.1.2); the server decides, this only spares a round trip. */
export const PASSWORD_LENGTH_MIN = 15
/** The same for an account with a second factor. */
export const PASSWORD_LENGTH_MIN_WITH_FACTOR = 8

export function looksLikeEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text.trim())
}

/** Characters as people count them, and not UTF-16 units. */
export function characterCount(text: string): number {
  return Array.from(text).length
}
