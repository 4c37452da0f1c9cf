import type { Readable } from 'node:stream'
import type { JsonObject } from '#kernel/json.ts'
import type { LeftBehind, Person } from './model.ts'

/** One file of the copy: rows as a JSON list, or a picture. */
export type CopiedFile =
  | { path: string; rows: AsyncIterable<JsonObject> }
  /** null when it vanished meanwhile. */
  | { path: string; open: () => Promise<Readable | null> }

/** What a slice knows of people, given to this one by the composition. */
export type PersonalData = {
  slice: string
  /** Every table that names a person, and what becomes of its rows. A test holds this to the schema. */
  tables: Record<string, 'erased' | 'kept'>
  copy?: (person: Person) => AsyncIterable<CopiedFile>
  /** May run any number of times. False when something has to be waited for. */
  erase?: (left: LeftBehind) => Promise<boolean>
}
