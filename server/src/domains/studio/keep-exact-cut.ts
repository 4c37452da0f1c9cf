import type { Tx } from '#infra/db.ts'
import { ENGINE_VERSION, storable } from './embedded-provider.ts'
import type { GarmentCut } from './engine/garment-cut.ts'
import { saveCut } from './queries.ts'

/** Keeps the cut of a picture whose outline is known exactly, because we drew it: the engine need not look for it. */
export async function keepExactCut(tx: Tx, image_key: string, cut: GarmentCut): Promise<void> {
  await saveCut(tx, image_key, ENGINE_VERSION, storable(cut))
}
