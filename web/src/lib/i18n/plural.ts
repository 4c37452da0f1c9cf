const russian = new Intl.PluralRules('ru')
const english = new Intl.PluralRules('en')

/** `ruPlural(3, 'отзыв', 'отзыва', 'отзывов')` → «отзыва». Fractions take the genitive singular, as `few` does. */
export function ruPlural(count: number, one: string, few: string, many: string): string {
  const rule = russian.select(count)
  if (rule === 'one') return one
  return rule === 'many' ? many : few
}

export function enPlural(count: number, one: string, other: string): string {
  return english.select(count) === 'one' ? one : other
}

// Kazakh needs no helper: a noun after a numeral stays in the singular («5 пікір»).
