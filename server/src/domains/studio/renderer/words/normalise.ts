/** A word of the prompt: its folded form for matching and its place in the original text. */
export type Token = {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly separated: boolean
}

const tokensMax = 400
const charactersMax = 4000

/** Kazakh letters as people type them on a Russian keyboard; ё as е. */
const folded: Readonly<Record<string, string>> = {
  қ: 'к',
  ғ: 'г',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  і: 'и',
  ә: 'а',
  һ: 'х',
  ё: 'е',
}

/** Latin letters that look Cyrillic; a word that mixes both scripts is taken as Cyrillic. */
const lookalikes: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'и',
  k: 'к',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
}

export function foldWord(word: string): string {
  let out = ''
  const lower = word.toLowerCase()
  const isMixed = /[а-яёәғқңөұүһі]/.test(lower) && /[a-z]/.test(lower)
  for (const letter of lower) {
    const latin = isMixed ? lookalikes[letter] : undefined
    out += latin ?? folded[letter] ?? letter
  }
  return out
}

/**
 * Words in order, cut at anything that is not a letter or a digit. `separated` tells that a comma or the like stands
 * before the word. Long input is cut at 4000 characters and 400 words.
 */
export function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = []
  const input = text.slice(0, charactersMax)
  let previousEnd = 0
  for (const match of input.matchAll(/[\p{L}\p{N}]+/gu)) {
    const start = match.index
    const end = start + match[0].length
    const separated = /[,;.:+&/\n]/.test(input.slice(previousEnd, start))
    tokens.push({ text: foldWord(match[0]), start, end, separated })
    previousEnd = end
    if (tokens.length === tokensMax) break
  }
  return tokens
}
