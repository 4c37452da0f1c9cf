/** Steps that the engine really reports, in their order (contract 3.4, `generation.processing`). */
export const STEPS = [
  'reading_photo',
  'finding_person',
  'cutting_garment',
  'fitting',
  'shading',
  'finishing',
] as const

const NAMES: readonly (string | null)[] = STEPS

/** Place of the present step; before the first report the photo is being read. */
export function stepIndex(step: string | null): number {
  return Math.max(0, NAMES.indexOf(step))
}
