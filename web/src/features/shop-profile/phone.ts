/** Contract 4.12: spaces, dashes, brackets, underscores are dropped; then `+` and 7–15 digits. Empty is no number. */
export function isPhone(typed: string): boolean {
  const plain = typed.replace(/[\s\-()_]/g, '')
  return plain === '' || /^\+\d{7,15}$/.test(plain)
}
