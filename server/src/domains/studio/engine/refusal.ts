/** Why the engine will not make a picture from this input. Stable codes; the advice in words is in `advice.ts`. */
export const refusalCodes = [
  'image_unreadable',
  'image_too_large',
  'too_small',
  'no_person',
  'several_people',
  'back_view',
  'face_hidden',
  'arms_hidden',
  'hips_out_of_frame',
  'pose_unusual',
  'clothes_unclear',
  'garment_not_found',
  'garment_kind_unsupported',
] as const

export type RefusalCode = (typeof refusalCodes)[number]

/** An expected answer to unsuitable input: nothing is broken, the person must change the picture. */
export class EngineRefusal extends Error {
  readonly code: RefusalCode
  /** Measurements behind the decision, for logs and tuning; no image content. */
  readonly measured: Record<string, number>
  constructor(code: RefusalCode, measured: Record<string, number> = {}) {
    super(`refused: ${code}`)
    this.name = 'EngineRefusal'
    this.code = code
    this.measured = measured
  }
}

export function isRefusalCode(value: unknown): value is RefusalCode {
  return refusalCodes.some((code) => code === value)
}
