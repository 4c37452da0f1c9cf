import { blur, boxBlur } from '../../raster/blur.ts'
import { clamp, lerp, quantile, seededRandom } from '../../raster/math.ts'
import { pyramidFill } from '../../raster/pyramid-fill.ts'
import { type FloatRgb, type Plane, planeLike } from '../../raster/types.ts'
import type { Person } from '../person/analyse.ts'
import type { Scene } from './scene.ts'

/**
 * The photo with the old top gone where the new one does not cover it: skin on arms and neck, background elsewhere.
 * Skin is the person's own colour with the light of a cylinder on arms; fine grain keeps it from looking painted.
 */
export function cleanPlate(scene: Scene): FloatRgb {
  const { person, removed, cover, arms, neck } = scene
  const out: FloatRgb = { ...person.image, data: Float32Array.from(person.image.data) }
  if (!isAnythingBare(removed, cover)) return out
  const background = pyramidFill(
    person.image,
    surely(person.parse.background, removed, { least: 0.9, margin: 3 }),
  )
  const skin = pyramidFill(person.image, surely(person.parse.skin, removed, { least: 0.85, margin: 2 }))
  const tones = { arm: skinTone(person, null), neck: skinTone(person, scene) }
  const grain = 1.7 * skinGrain(person)
  const chest = blur(neck, 0.06 * person.frame.unit)
  const random = seededRandom(1)
  for (let i = 0; i < removed.data.length; i++) {
    const gone = removed.data[i] ?? 0
    if (gone <= 0.01) continue
    const onArm = arms.capsule.data[i] ?? 0
    const onNeck = neck.data[i] ?? 0
    const bare = clamp(Math.max(onArm, onNeck), 0, 1)
    // Arm and chest are lit and toned differently; between them one passes softly into the other.
    const armShare = onArm * (1 - (chest.data[i] ?? 0))
    const round = 1.03 - 0.18 * (arms.roundness.data[i] ?? 0) ** 2
    const light = lerp(chestLight(scene, i), round, armShare)
    const noise = (random() + random() - 1) * (1 + grain * bare)
    for (let c = 0; c < 3; c++) {
      const o = i * 3 + c
      const tone = lerp(tones.neck[c] ?? 0, tones.arm[c] ?? 0, armShare)
      const body = lerp(skin.data[o] ?? 0, tone, 0.6 - 0.2 * armShare) * light
      const value = lerp(background.data[o] ?? 0, body, bare) + noise
      out.data[o] = lerp(out.data[o] ?? 0, value, gone)
    }
  }
  return out
}

/** The chest curves away from the light towards the shoulders. */
function chestLight({ person, body }: Scene, i: number): number {
  const { across, unit } = person.frame
  const x = (i % person.image.width) - body.tip_middle.x
  const y = Math.floor(i / person.image.width) - body.tip_middle.y
  return 1.02 - 0.14 * clamp(Math.abs(x * across.x + y * across.y) / (0.55 * unit), 0, 1) ** 2
}

function isAnythingBare(removed: Plane, cover: Plane): boolean {
  for (let i = 0; i < removed.data.length; i++) {
    if ((removed.data[i] ?? 0) > 0.5 && (cover.data[i] ?? 0) < 0.5) return true
  }
  return false
}

/** 1 where a class is certain, a few pixels away from its border and from the old top. */
function surely(probability: Plane, removed: Plane, rule: { least: number; margin: number }): Plane {
  const certain = planeLike(probability, (i) =>
    (probability.data[i] ?? 0) > rule.least && (removed.data[i] ?? 0) < 0.05 ? 1 : 0,
  )
  const around = boxBlur(certain, rule.margin)
  return planeLike(certain, (i) => ((around.data[i] ?? 0) > 0.96 ? (certain.data[i] ?? 0) : 0))
}

/**
 * Mean colour of bare skin between its 35th and 80th percentile of brightness: of the neck alone when a scene is
 * given and enough neck shows (it is lit otherwise than arms), else of all skin and the face.
 */
function skinTone(person: Person, scene: Scene | null): [number, number, number] {
  const { image, luma, parse } = person
  const samples: number[] = []
  for (let i = 0; i < luma.data.length; i += scene === null ? 3 : 1) {
    const isSkin = (parse.skin.data[i] ?? 0) > 0.9
    const isFace = (parse.face.data[i] ?? 0) > 0.95
    if (scene === null ? isSkin || isFace : isSkin && (scene.neck.data[i] ?? 0) > 0.5) samples.push(i)
  }
  if (scene !== null && samples.length < 60) return skinTone(person, null)
  const lights = samples.map((i) => luma.data[i] ?? 0)
  const low = quantile(lights, 0.35)
  const high = quantile(lights, 0.8)
  const sum: [number, number, number] = [0, 0, 0]
  let count = 0
  for (const i of samples) {
    const light = luma.data[i] ?? 0
    if (light < low || light > high) continue
    for (const c of [0, 1, 2] as const) sum[c] += image.data[i * 3 + c] ?? 0
    count++
  }
  const n = count || 1
  return [sum[0] / n, sum[1] / n, sum[2] / n]
}

/** Pixel noise of the photo on bare skin: standard deviation from the local mean, in levels; film, sensor or pores. */
function skinGrain(person: Person): number {
  const { luma, parse } = person
  const smooth = blur(luma, 1.2)
  let sum = 0
  let count = 0
  for (let i = 0; i < luma.data.length; i++) {
    if ((parse.skin.data[i] ?? 0) < 0.97) continue
    const d = ((luma.data[i] ?? 0) - (smooth.data[i] ?? 0)) * 255
    // Creases and edges are not noise.
    if (Math.abs(d) > 12) continue
    sum += d * d
    count++
  }
  return count > 100 ? Math.sqrt(sum / count) : 1
}
