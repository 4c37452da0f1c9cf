import type { Reader, Tx } from '#infra/db.ts'

export type SamplePerson = { id: number; name: string; person_key: string }

/** In their order; a short list. */
export function listSamplePeople(db: Reader): Promise<SamplePerson[]> {
  return db
    .selectFrom('studio.sample_people')
    .select(['id', 'name', 'person_key'])
    .orderBy('order')
    .orderBy('id')
    .limit(50)
    .execute()
}

/** True when the picture belongs to one of them: anybody may try clothes on it. */
export async function isSamplePerson(db: Reader, person_key: string): Promise<boolean> {
  const row = await db
    .selectFrom('studio.sample_people')
    .select('id')
    .where('person_key', '=', person_key)
    .executeTakeFirst()
  return row !== undefined
}

/** Adds one; a picture that is there already changes nothing. */
export async function addSamplePerson(
  tx: Tx,
  person: { name: string; person_key: string; order: number },
): Promise<void> {
  await tx
    .insertInto('studio.sample_people')
    .values(person)
    .onConflict((oc) => oc.column('person_key').doNothing())
    .execute()
}
