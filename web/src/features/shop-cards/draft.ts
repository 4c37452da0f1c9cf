import type { Product } from '../../api/types.ts'

/** What the form of a card holds while somebody types; pictures live beside it (`use-pictures.ts`). */
export type Draft = {
  name: string
  description: string
  price: string
  category_id: number | null
  rows: CharacteristicRow[]
}
export type CharacteristicRow = { id: string; key: string; value: string }

/** What the server takes. */
export type CardInput = {
  name: string
  description: string | null
  price: number
  category_id: number | null
  characteristics: Record<string, unknown> | null
  images: string[]
}

export const NAME_MAX = 255
export const DESCRIPTION_MAX = 2000
export const PRICE_MAX = 1_000_000
export const CHARACTERISTICS_MAX = 50
/** Keys with a name in the reader's language, offered in the form; anything else may be typed. */
export const KNOWN_KEYS = ['color', 'size', 'composition', 'brand', 'country', 'season'] as const
/** Kept as a list, because one garment comes in several. */
const LIST_KEYS: readonly string[] = ['size']

export type DraftFault =
  | 'required'
  | 'too_long'
  | 'not_a_number'
  | 'not_positive'
  | 'too_many_decimals'
  | 'too_large'
  | 'same_key'
  | 'no_key'
export type DraftFaults = {
  name?: DraftFault
  description?: DraftFault
  price?: DraftFault
  rows: Record<string, DraftFault>
}

export const EMPTY_DRAFT: Draft = {
  name: '',
  description: '',
  price: '',
  category_id: null,
  rows: [],
}

export function draftOf(product: Product): Draft {
  return {
    name: product.name,
    description: product.description ?? '',
    price: String(product.price),
    category_id: product.category_id,
    rows: rowsOf(product.characteristics),
  }
}

/** Rows for what can be typed; nested values stay untouched in the card. */
export function rowsOf(characteristics: Product['characteristics']): CharacteristicRow[] {
  return Object.entries(characteristics ?? {}).flatMap(([key, value], index) => {
    const words = wordsOf(value)
    return words === null ? [] : [{ id: `given-${index}`, key, value: words }]
  })
}

/** Comma or point, spaces between thousands; null when it is no number. */
export function priceOf(typed: string): number | null {
  const plain = typed.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.')
  return /^\d+(\.\d*)?$|^\.\d+$/.test(plain) ? Number(plain) : null
}

export function faultsOf(draft: Draft): DraftFaults {
  const name = draft.name.trim()
  const price = priceFault(draft.price)
  return {
    ...(name === '' ? { name: 'required' } : name.length > NAME_MAX ? { name: 'too_long' } : {}),
    ...(draft.description.trim().length > DESCRIPTION_MAX ? { description: 'too_long' } : {}),
    ...(price === null ? {} : { price }),
    rows: rowFaults(draft.rows),
  }
}

export function isSound(faults: DraftFaults): boolean {
  return Object.keys(faults).length === 1 && Object.keys(faults.rows).length === 0
}

/** Only for a draft without faults. `known` are the characteristics the card has now: their kinds are kept. */
export function inputOf(
  draft: Draft,
  images: readonly string[],
  known: Product['characteristics'],
): CardInput {
  const description = draft.description.trim()
  return {
    name: draft.name.trim(),
    description: description === '' ? null : description,
    price: priceOf(draft.price) ?? 0,
    category_id: draft.category_id,
    characteristics: characteristicsOf(draft.rows, known),
    images: [...images],
  }
}

/** The fields that differ from the card; an empty object when nothing does. */
export function changesOf(product: Product, input: CardInput): Partial<CardInput> {
  const now: CardInput = {
    name: product.name,
    description: product.description,
    price: product.price,
    category_id: product.category_id,
    characteristics: product.characteristics,
    images: product.images,
  }
  const changed = Object.entries(input).filter(([key, value]) => {
    const before = Object.entries(now).find(([known]) => known === key)?.[1]
    return JSON.stringify(before) !== JSON.stringify(value)
  })
  return Object.fromEntries(changed)
}

function characteristicsOf(rows: readonly CharacteristicRow[], known: Product['characteristics']) {
  const nested = Object.entries(known ?? {}).filter(([, value]) => wordsOf(value) === null)
  const typed = rows
    .map(({ key, value }) => [key.trim(), value.trim()] as const)
    .filter(([key, value]) => key !== '' && value !== '')
    .map(([key, value]) => [key, typedValue(key, value, known?.[key])] as const)
  const all = [...typed, ...nested]
  return all.length === 0 ? null : Object.fromEntries(all)
}

function typedValue(key: string, typed: string, before: unknown): unknown {
  if (Array.isArray(before) || (LIST_KEYS.includes(key) && typed.includes(','))) {
    return typed
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
  }
  return typeof before === 'number' && String(before) === typed ? before : typed
}

function wordsOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (!Array.isArray(value) || !value.every((part) => typeof part === 'string' || typeof part === 'number'))
    return null
  return value.join(', ')
}

function priceFault(typed: string): DraftFault | null {
  if (typed.trim() === '') return 'required'
  const price = priceOf(typed)
  if (price === null) return 'not_a_number'
  if (/[.,]\d{3,}$/.test(typed.trim())) return 'too_many_decimals'
  if (price <= 0) return 'not_positive'
  return price > PRICE_MAX ? 'too_large' : null
}

/** A row that is empty as a whole is no fault: it is left out. */
function rowFaults(rows: readonly CharacteristicRow[]): Record<string, DraftFault> {
  const faults: Record<string, DraftFault> = {}
  const seen = new Set<string>()
  for (const { id, key, value } of rows) {
    const name = key.trim()
    if (name === '' && value.trim() !== '') faults[id] = 'no_key'
    if (name !== '' && seen.has(name)) faults[id] = 'same_key'
    seen.add(name)
  }
  return faults
}
