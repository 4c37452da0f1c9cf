import type {
  Detail,
  FabricName,
  Fit,
  GarmentType,
  Hex,
  Label,
  Leg,
  Length,
  Neck,
  PatternName,
  Sleeve,
  Wearer,
} from '../spec.ts'
import { colourWords, type Shade, shadeWords } from './colours.ts'
import { detailWords, wearerWords } from './details.ts'
import { allowsEnding, type WordForm } from './endings.ts'
import type { Entry } from './entry.ts'
import { garmentWords } from './garments.ts'
import { foldWord } from './normalise.ts'
import { fitWords, legWords, lengthWords, neckWords, sleeveWords } from './shape.ts'
import { fabricWords, patternWords } from './surface.ts'

export type Concept =
  | { readonly kind: 'garment'; readonly value: GarmentType }
  | { readonly kind: 'colour'; readonly value: Hex }
  | { readonly kind: 'shade'; readonly value: Shade }
  | { readonly kind: 'pattern'; readonly value: PatternName }
  | { readonly kind: 'fabric'; readonly value: FabricName }
  | { readonly kind: 'sleeve'; readonly value: Sleeve }
  | { readonly kind: 'neck'; readonly value: Neck }
  | { readonly kind: 'fit'; readonly value: Fit }
  | { readonly kind: 'length'; readonly value: Length }
  | { readonly kind: 'leg'; readonly value: Leg }
  | { readonly kind: 'detail'; readonly value: Detail }
  | { readonly kind: 'wearer'; readonly value: Wearer }

export type Meaning = Concept & { readonly label: Label }

type Stem = { readonly text: string; readonly form: WordForm }

/** A way to say a meaning: one stem per word. `weight` is the number of letters: the longest match wins. */
export type Phrase = {
  readonly stems: readonly Stem[]
  readonly weight: number
  readonly meanings: readonly Meaning[]
}

type Language = 'ru' | 'kk' | 'en'

type TaggedEntry = Omit<Entry<unknown>, 'value' | 'label'> & { readonly meaning: Meaning }

function tag<Value>(table: readonly Entry<Value>[], make: (value: Value) => Concept): readonly TaggedEntry[] {
  return table.map(({ value, label, ru, kk, en }) => ({ ru, kk, en, meaning: { ...make(value), label } }))
}

const allEntries = [
  ...tag(garmentWords, (value) => ({ kind: 'garment', value })),
  ...tag(colourWords, (value) => ({ kind: 'colour', value })),
  ...tag(shadeWords, (value) => ({ kind: 'shade', value })),
  ...tag(patternWords, (value) => ({ kind: 'pattern', value })),
  ...tag(fabricWords, (value) => ({ kind: 'fabric', value })),
  ...tag(sleeveWords, (value) => ({ kind: 'sleeve', value })),
  ...tag(neckWords, (value) => ({ kind: 'neck', value })),
  ...tag(fitWords, (value) => ({ kind: 'fit', value })),
  ...tag(lengthWords, (value) => ({ kind: 'length', value })),
  ...tag(legWords, (value) => ({ kind: 'leg', value })),
  ...tag(detailWords, (value) => ({ kind: 'detail', value })),
  ...tag(wearerWords, (value) => ({ kind: 'wearer', value })),
]

function readStem(word: string, language: Language): Stem {
  if (word.endsWith('+')) return { text: foldWord(word.slice(0, -1)), form: 'ru_adjective' }
  if (!word.endsWith('*')) return { text: foldWord(word), form: 'exact' }
  const form = language === 'ru' ? 'ru_noun' : language
  return { text: foldWord(word.slice(0, -1)), form }
}

function weigh(stems: readonly Stem[]): number {
  return stems.reduce((sum, stem) => sum + stem.text.length, 0)
}

/** The same words may carry several meanings ("водолазка" is a sweater with a high neck): they are kept together. */
function buildPhrases(): readonly Phrase[] {
  const byWords = new Map<string, { stems: readonly Stem[]; meanings: Meaning[] }>()
  const add = (stems: readonly Stem[], meaning: Meaning): void => {
    const key = stems.map((stem) => `${stem.text}/${stem.form}`).join(' ')
    const known = byWords.get(key)
    if (known === undefined) byWords.set(key, { stems, meanings: [meaning] })
    else if (!known.meanings.some((other) => other.kind === meaning.kind)) known.meanings.push(meaning)
  }
  for (const entry of allEntries) {
    for (const language of ['ru', 'kk', 'en'] as const) {
      for (const phrase of entry[language].split('|')) {
        const stems = phrase.split(' ').map((word) => readStem(word, language))
        add(stems, entry.meaning)
        const joined = joinFirst(stems)
        if (joined !== null) add(joined, entry.meaning)
      }
    }
  }
  return [...byWords.values()].map(({ stems, meanings }) => ({ stems, meanings, weight: weigh(stems) }))
}

/** "тёмно-синий" is also written in one word. */
function joinFirst(stems: readonly Stem[]): readonly Stem[] | null {
  const [first, second] = stems
  if (stems.length !== 2 || first === undefined || second === undefined) return null
  if (first.form !== 'exact' || first.text.length < 2) return null
  return [{ text: first.text + second.text, form: second.form }]
}

const phrases = buildPhrases()

/** Phrases by the first two letters of their first word: a prompt of 400 words is read in milliseconds. */
const phrasesByStart = Map.groupBy(phrases, (phrase) => (phrase.stems[0]?.text ?? '').slice(0, 2))

export function phrasesStartingLike(foldedWord: string): readonly Phrase[] {
  return [
    ...(phrasesByStart.get(foldedWord.slice(0, 2)) ?? []),
    ...(foldedWord.length > 1 ? (phrasesByStart.get(foldedWord.slice(0, 1)) ?? []) : []),
  ]
}

export function stemMatches(stem: Stem, foldedWord: string): boolean {
  return foldedWord.startsWith(stem.text) && allowsEnding(stem.form, foldedWord.slice(stem.text.length))
}

/** Words shorter than this are too easily another word's typo. */
const typoWordMin = 6
const typoStemMin = 5

/** The best single-word phrase that differs from the word in one letter (missing, extra, wrong or swapped). */
export function phraseWithTypo(foldedWord: string): Phrase | null {
  if (foldedWord.length < typoWordMin) return null
  let best: Phrase | null = null
  for (const phrase of phrases) {
    const [stem] = phrase.stems
    if (stem === undefined || phrase.stems.length !== 1 || stem.text.length < typoStemMin) continue
    if (best !== null && phrase.weight <= best.weight) continue
    if (stemMatchesWithTypo(stem, foldedWord)) best = phrase
  }
  return best
}

function stemMatchesWithTypo(stem: Stem, word: string): boolean {
  const length = stem.text.length
  for (const headLength of [length, length - 1, length + 1]) {
    if (headLength > word.length) continue
    if (
      isOneEditApart(word.slice(0, headLength), stem.text) &&
      allowsEnding(stem.form, word.slice(headLength))
    )
      return true
  }
  return false
}

export function isOneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let i = 0
  while (i < a.length && i < b.length && a[i] === b[i]) i++
  if (a.length !== b.length) {
    const [long, short] = a.length > b.length ? [a, b] : [b, a]
    return long.slice(i + 1) === short.slice(i)
  }
  if (a.slice(i + 1) === b.slice(i + 1)) return true
  return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2)
}
