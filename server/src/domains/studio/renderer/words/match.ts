import { isFiller, negates } from './fillers.ts'
import { type Meaning, type Phrase, phrasesStartingLike, phraseWithTypo, stemMatches } from './lexicon.ts'
import type { Token } from './normalise.ts'

/** A stretch of words `[from, to)` and what it means. */
export type Match = {
  readonly from: number
  readonly to: number
  readonly weight: number
  readonly meanings: readonly Meaning[]
  readonly negated: boolean
}

/** Longest match first, no overlaps, in order of the text. Words left over get a second look for a typo. */
export function matchWords(tokens: readonly Token[]): readonly Match[] {
  const candidates = tokens.flatMap((_, index) => candidatesAt(tokens, index))
  candidates.sort((a, b) => b.weight - a.weight || a.from - b.from)
  const taken = new Array<boolean>(tokens.length).fill(false)
  const chosen: Match[] = []
  for (const candidate of candidates) {
    if (taken.slice(candidate.from, candidate.to).some(Boolean)) continue
    taken.fill(true, candidate.from, candidate.to)
    chosen.push(candidate)
  }
  for (const [index, token] of tokens.entries()) {
    if (taken[index] === true || isFiller(token.text)) continue
    const phrase = phraseWithTypo(token.text)
    if (phrase !== null) chosen.push(toMatch(tokens, index, phrase))
  }
  return chosen.sort((a, b) => a.from - b.from)
}

function candidatesAt(tokens: readonly Token[], index: number): readonly Match[] {
  const first = tokens[index]
  if (first === undefined) return []
  return phrasesStartingLike(first.text)
    .filter((phrase) => phraseFits(phrase, tokens, index))
    .map((phrase) => toMatch(tokens, index, phrase))
}

function phraseFits(phrase: Phrase, tokens: readonly Token[], index: number): boolean {
  return phrase.stems.every((stem, offset) => {
    const token = tokens[index + offset]
    if (token === undefined || (offset > 0 && token.separated)) return false
    return stemMatches(stem, token.text)
  })
}

function toMatch(tokens: readonly Token[], index: number, phrase: Phrase): Match {
  const before = tokens[index - 1]
  return {
    from: index,
    to: index + phrase.stems.length,
    weight: phrase.weight,
    meanings: phrase.meanings,
    negated: before !== undefined && negates(before.text),
  }
}
