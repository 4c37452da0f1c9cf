import { clamp, distance } from '../raster/math.ts'
import { decodeRgb, encodeWebp, toBytes } from '../raster/picture-io.ts'
import type { FloatRgb, RgbImage } from '../raster/types.ts'
import { cleanPlate } from './compose/clean-plate.ts'
import { compose } from './compose/compose.ts'
import { type Scene, sceneOf } from './compose/scene.ts'
import { garmentShade, shadowOnBody } from './compose/shading.ts'
import { type BodyFit, fitToBody, scaleOnBody, tipsOf } from './fit/body-fit.ts'
import { type Fabric, openFabric } from './fit/fabric.ts'
import { sleeveFit } from './fit/sleeve-fit.ts'
import { torsoFit } from './fit/torso-fit.ts'
import { type Layer, warpLayer } from './fit/warp-layer.ts'
import { cutGarment } from './garment/cut-garment.ts'
import type { GarmentCut } from './garment-cut.ts'
import { loadModels } from './models.ts'
import { analysePerson, type Person } from './person/analyse.ts'
import type { EngineStep, TryOnAnswer, TryOnRequest } from './protocol.ts'
import { EngineRefusal } from './refusal.ts'

/** Quality of the result; at 88 weave and prints stay sharp and a 768 px picture is about 60 kB. */
const webpQuality = 88

/** Everything a result was made from; tests and the report measure it. */
export type TryOnParts = {
  scene: Scene
  picture: RgbImage
  cut: GarmentCut
  timings_ms: Record<string, number>
}

/**
 * Puts a top on a person. @throws EngineRefusal or UnreadablePicture for unsuitable input
 */
export async function tryOn(request: TryOnRequest, report: (step: EngineStep) => void): Promise<TryOnAnswer> {
  const { scene, picture, cut, timings_ms } = await makeTryOn(request, report)
  const started = performance.now()
  const image = await encodeWebp(picture, webpQuality)
  const encoding = performance.now() - started
  return {
    image,
    width: picture.width,
    height: picture.height,
    timings_ms: {
      ...timings_ms,
      encoding: Math.round(encoding),
      total: Math.round((timings_ms.total ?? 0) + encoding),
    },
    change_mask_share: changedShare(scene),
    cut,
  }
}

/** The steps in order. */
export async function makeTryOn(
  request: TryOnRequest,
  report: (step: EngineStep) => void,
): Promise<TryOnParts> {
  const clock = stopwatch()
  report('reading_photo')
  const photo = await decodeRgb(request.person, clamp(request.side_max, 384, 1280))
  if (Math.min(photo.width, photo.height) < 160) throw new EngineRefusal('too_small')
  const models = await loadModels()
  clock('reading_photo')

  report('finding_person')
  const person = await analysePerson(models, photo)
  clock('finding_person')

  report('cutting_garment')
  const cut = request.garment instanceof Uint8Array ? await cutGarment(request.garment) : request.garment
  clock('cutting_garment')

  const { scene, picture } = await dress(person, cut, (step) => {
    if (step !== 'fitting') clock(step === 'shading' ? 'fitting' : 'shading')
    report(step)
  })
  return { scene, picture: toBytes(picture), cut, timings_ms: clock('finishing') }
}

/** From an analysed person and a cut to the picture; needs no models. */
export async function dress(
  person: Person,
  cut: GarmentCut,
  report: (step: EngineStep) => void,
): Promise<{ scene: Scene; picture: FloatRgb }> {
  report('fitting')
  const { body, layers } = await fitGarment(person, cut)
  report('shading')
  const scene = sceneOf(person, body, layers)
  const plate = cleanPlate(scene)
  const light = { shade: garmentShade(scene), onBody: shadowOnBody(scene) }
  report('finishing')
  return { scene, picture: compose(scene, plate, light) }
}

async function fitGarment(
  person: Person,
  cut: GarmentCut,
): Promise<{ body: BodyFit; layers: { torso: Layer; sleeves: Layer[] } }> {
  if (cut.outline === null) throw new EngineRefusal('garment_kind_unsupported')
  const tips = tipsOf(person)
  const scale = scaleOnBody(person, cut.outline, distance(tips.left, tips.right))
  const fabric = await openFabric(cut, scale)
  const body = fitToBody(person, fabric.outline)
  return { body, layers: warpParts(person, body, fabric) }
}

/** One spline for the torso and one for each sleeve: a single one would tear where the arm meets the body. */
function warpParts(person: Person, body: BodyFit, fabric: Fabric): { torso: Layer; sleeves: Layer[] } {
  const { pixels, outline } = fabric
  const torso = warpLayer(
    torsoFit(outline, body, person.frame),
    { pixels, alpha: fabric.torso_alpha },
    person.image,
  )
  const sleeves: Layer[] = []
  if (outline.sleeve_left !== null && fabric.sleeve_left_alpha !== null) {
    const fit = sleeveFit(person, body, body.left, outline.sleeve_left)
    sleeves.push(warpLayer(fit, { pixels, alpha: fabric.sleeve_left_alpha }, person.image))
  }
  if (outline.sleeve_right !== null && fabric.sleeve_right_alpha !== null) {
    const fit = sleeveFit(person, body, body.right, outline.sleeve_right)
    sleeves.push(warpLayer(fit, { pixels, alpha: fabric.sleeve_right_alpha }, person.image))
  }
  return { torso, sleeves }
}

function changedShare(scene: Scene): number {
  let changed = 0
  const { cover, removed } = scene
  for (let i = 0; i < cover.data.length; i++) {
    if (Math.max(cover.data[i] ?? 0, removed.data[i] ?? 0) > 0.02) changed++
  }
  return changed / cover.data.length
}

/** Each call stores the time since the last one under a name and returns all times with their sum as `total`. */
function stopwatch(): (name: string) => Record<string, number> {
  const times: Record<string, number> = { total: 0 }
  let last = performance.now()
  return (name) => {
    const now = performance.now()
    times[name] = Math.round(now - last)
    times.total = (times.total ?? 0) + Math.round(now - last)
    last = now
    return times
  }
}
