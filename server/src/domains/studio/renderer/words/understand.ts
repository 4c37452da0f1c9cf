import { mixHex, saturate } from '../colour-math.ts'
import type { Detail, GarmentWish, Hex, Locale, Wearer } from '../spec.ts'
import type { Shade } from './colours.ts'
import { isFiller, joinsGarments } from './fillers.ts'
import type { Concept, Meaning } from './lexicon.ts'
import { type Match, matchWords } from './match.ts'
import { type Token, tokenise } from './normalise.ts'

export type UnderstoodWord = { readonly word: string; readonly meaning: string }

export type Understanding = {
  /** One wish per garment word; empty when no garment was named, and then nothing counts as understood. */
  readonly pieces: readonly GarmentWish[]
  readonly wearer: Wearer | null
  readonly understood: readonly UnderstoodWord[]
  readonly ignored: readonly string[]
}

const piecesMax = 4
const reportedMax = 40
const reportedLengthMax = 40

/** Reads a wish for clothes in Russian, Kazakh or English (mixed is fine). Never throws, whatever the text. */
export function understandPrompt(prompt: string, locale: Locale = 'ru'): Understanding {
  const tokens = tokenise(prompt)
  const matches = matchWords(tokens)
  const groups = groupByGarment(tokens, matches)
  if (groups.length === 0)
    return { pieces: [], wearer: null, understood: [], ignored: leftOver(prompt, tokens, []) }
  const wearer = wearerOf(matches)
  return {
    pieces: groups.map((group) => toWish(group, wearer)),
    wearer,
    understood: describe(prompt, tokens, matches, locale),
    ignored: leftOver(prompt, tokens, matches),
  }
}

function conceptOf<Kind extends Concept['kind']>(
  match: Match,
  kind: Kind,
): Extract<Meaning, { kind: Kind }> | null {
  // Safe: the predicate compares the discriminant that Extract narrows by.
  const found = match.meanings.find((meaning) => meaning.kind === kind) as
    | Extract<Meaning, { kind: Kind }>
    | undefined
  return found ?? null
}

const isGarment = (match: Match): boolean => conceptOf(match, 'garment') !== null

/** Gives each describing word to the garment it belongs to. */
function groupByGarment(tokens: readonly Token[], matches: readonly Match[]): readonly (readonly Match[])[] {
  const garments = matches
    .filter(isGarment)
    .filter((match, index, all) => !repeats(all[index - 1], match))
    .slice(0, piecesMax)
  const borders = garments.slice(1).map((next, index) => {
    const previous = garments[index]
    return previous === undefined ? 0 : borderBetween(tokens, matches, previous, next)
  })
  return garments.map((_, index) => {
    const from = index === 0 ? 0 : (borders[index - 1] ?? 0)
    const to = borders[index] ?? tokens.length
    return matches.filter((match) => match.from >= from && match.from < to)
  })
}

/** "кожаная куртка косуха" names one garment twice. */
function repeats(previous: Match | undefined, match: Match): boolean {
  if (previous === undefined || previous.to !== match.from) return false
  return conceptOf(previous, 'garment')?.value === conceptOf(match, 'garment')?.value
}

/**
 * The word at which the next garment's description begins: right behind the previous garment when a comma or "and"
 * follows it; else the last comma or "and" between them; else behind the garment when descriptions come first.
 */
function borderBetween(
  tokens: readonly Token[],
  matches: readonly Match[],
  previous: Match,
  next: Match,
): number {
  const cuts: number[] = []
  for (let index = previous.to; index <= next.from; index++) {
    const token = tokens[index]
    if (token === undefined) continue
    if (token.separated || (index < next.from && joinsGarments(token.text))) cuts.push(index)
  }
  const hasWordsBetween = matches.some((match) => match.from >= previous.to && match.to <= next.from)
  const strong = cuts.filter((cut) => !isOnlyWith(tokens[cut]))
  if (strong[0] === previous.to || !hasWordsBetween) return previous.to
  const last = strong.at(-1)
  if (last !== undefined) return last
  if (cuts[0] === previous.to) return previous.to
  const describesFirst = matches.some(
    (match) => match.to <= previous.from && conceptOf(match, 'wearer') === null,
  )
  return describesFirst ? previous.to : next.from
}

/** "с", "with" introduce a detail ("платье с поясом") unless they stand right behind the garment. */
function isOnlyWith(token: Token | undefined): boolean {
  return token !== undefined && !token.separated && ['с', 'со', 'with', 'под', 'over'].includes(token.text)
}

function wearerOf(matches: readonly Match[]): Wearer | null {
  for (const match of matches) {
    const wearer = conceptOf(match, 'wearer')
    if (wearer !== null) return wearer.value
  }
  return null
}

type Draft = { -readonly [Key in keyof GarmentWish]: GarmentWish[Key] }

function toWish(group: readonly Match[], wearer: Wearer | null): GarmentWish {
  const garment = group.find(isGarment)
  const concept = garment === undefined ? null : conceptOf(garment, 'garment')
  const wish: Draft = { type: concept?.value ?? 't_shirt' }
  if (wearer !== null) wish.wearer = wearer
  const [colour, accent] = coloursOf(group)
  if (colour !== undefined) wish.colour = colour
  if (accent !== undefined) wish.accent = accent
  const details: Detail[] = []
  for (const match of group)
    for (const meaning of match.meanings) applyMeaning(wish, details, meaning, match.negated)
  if (details.length > 0) wish.details = details
  return wish
}

function applyMeaning(wish: Draft, details: Detail[], meaning: Meaning, negated: boolean): void {
  switch (meaning.kind) {
    case 'detail':
      if (!negated && !details.includes(meaning.value)) details.push(meaning.value)
      return
    case 'pattern':
      if (!negated) wish.pattern ??= meaning.value
      return
    case 'fabric':
      wish.fabric ??= meaning.value
      return
    case 'sleeve':
      wish.sleeve ??= meaning.value
      return
    case 'neck':
      wish.neck ??= meaning.value
      return
    case 'fit':
      wish.fit ??= meaning.value
      return
    case 'length':
      wish.length ??= meaning.value
      return
    case 'leg':
      wish.leg ??= meaning.value
      return
    case 'garment':
    case 'colour':
    case 'shade':
    case 'wearer':
      return
  }
}

function coloursOf(group: readonly Match[]): readonly Hex[] {
  const colours: Hex[] = []
  let shade: { value: Shade; to: number } | null = null
  for (const match of group) {
    const spoken = conceptOf(match, 'shade')
    if (spoken !== null) shade = { value: spoken.value, to: match.to }
    const colour = conceptOf(match, 'colour')
    if (colour === null) continue
    const hex = shade !== null && shade.to === match.from ? shadeOf(colour.value, shade.value) : colour.value
    if (!colours.includes(hex)) colours.push(hex)
  }
  return colours
}

function shadeOf(hex: Hex, shade: Shade): Hex {
  if (shade === 'dark') return mixHex(hex, '#0b0c10', 0.42)
  if (shade === 'light') return mixHex(hex, '#ffffff', 0.42)
  if (shade === 'pale') return mixHex(hex, '#e8e3dd', 0.5)
  return saturate(hex, 0.35)
}

function describe(
  prompt: string,
  tokens: readonly Token[],
  matches: readonly Match[],
  locale: Locale,
): readonly UnderstoodWord[] {
  return matches.slice(0, reportedMax).map((match) => {
    const start = tokens[match.from]?.start ?? 0
    const end = tokens[match.to - 1]?.end ?? start
    const meaning = match.meanings.map((one) => one.label[locale]).join(', ')
    return {
      word: prompt.slice(start, end).slice(0, reportedLengthMax),
      meaning: match.negated ? `${withoutWord[locale]} ${meaning}` : meaning,
    }
  })
}

const withoutWord: Readonly<Record<Locale, string>> = { ru: 'без:', kk: 'жоқ:', en: 'without:' }

function leftOver(prompt: string, tokens: readonly Token[], matches: readonly Match[]): readonly string[] {
  const used = new Set(matches.flatMap((match) => range(match.from, match.to)))
  const words: string[] = []
  for (const [index, token] of tokens.entries()) {
    if (used.has(index) || isFiller(token.text)) continue
    const word = prompt.slice(token.start, token.end).slice(0, reportedLengthMax)
    if (!words.includes(word)) words.push(word)
    if (words.length === reportedMax) break
  }
  return words
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}
