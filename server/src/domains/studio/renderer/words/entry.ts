import type { Label } from '../spec.ts'

/**
 * One thing that words can mean. `ru`, `kk` and `en` hold alternatives separated by `|`; a phrase is several words.
 * A word ends in `+` (Russian adjective endings allowed), `*` (noun endings of its language allowed) or in nothing
 * (exact). Spelling is folded before matching, so write words as a dictionary would.
 */
export type Entry<Value> = {
  readonly value: Value
  readonly label: Label
  readonly ru: string
  readonly kk: string
  readonly en: string
}

/** [value, ru label, kk label, en label, ru words, kk words, en words]: one line per meaning keeps tables readable. */
export type Row<Value> = readonly [Value, string, string, string, string, string, string]

export function entries<Value>(rows: readonly Row<Value>[]): readonly Entry<Value>[] {
  return rows.map(([value, labelRu, labelKk, labelEn, ru, kk, en]) => ({
    value,
    label: { ru: labelRu, kk: labelKk, en: labelEn },
    ru,
    kk,
    en,
  }))
}
