import { clamp } from '../../raster/math.ts'
import type { LayerBuffers, LayerJob } from './paint-layer.ts'

/** A large soft box at the upper left, towards the viewer. Unit vector. */
const key = { x: -0.44, y: -0.54, z: 0.718 }
const halfLength = Math.hypot(key.x, key.y, key.z + 1)
const half = { x: key.x / halfLength, y: key.y / halfLength, z: (key.z + 1) / halfLength }

/** Ambient share; with the key it makes flat cloth exactly as bright as its colour. */
const ambient = 0.4
const keyStrength = (1 - ambient) / key.z

/** A little under: white cloth needs room for its highlights. */
const exposure = 0.94

/** Lights the layer and lays it over the canvases. */
export function lightLayer(buffers: LayerBuffers, job: LayerJob): void {
  const { window, alpha, albedo } = buffers
  const { layer, surfaces } = job
  const { gloss, shininess, sheen } = surfaces.main.material
  const out = new Float32Array(3)
  const normal = { x: 0, y: 0, z: 1 }
  for (let y = 0; y < window.height; y++) {
    for (let x = 0; x < window.width; x++) {
      const i = y * window.width + x
      const cover = alpha.data[i] ?? 0
      if (cover === 0) continue
      normalAt(buffers, job.view.scale, { x, y, i }, normal)
      const facing = Math.max(0, normal.x * key.x + normal.y * key.y + normal.z * key.z)
      const hollow = buffers.relief.hollow.data[y * buffers.relief.stride + x] ?? 0
      const occlusion = 1 + clamp(hollow * 0.028, -0.3, 0.1)
      const sky = ambient * (1 - 0.14 * normal.y) * (0.62 + 0.38 * normal.z)
      const shade = (sky + keyStrength * facing) * occlusion * (buffers.tone[i] ?? 1) * layer.light
      // Above linear: cloth in shade also loses light bounced between folds.
      const bright = exposure * shade * Math.sqrt(Math.max(0, shade))
      const reflex = (buffers.gloss[i] ?? 1) * gloss
      const facingHalf = Math.max(0, normal.x * half.x + normal.y * half.y + normal.z * half.z)
      const shine = reflex > 0.012 ? reflex * facingHalf ** shininess * Math.min(1, shade) * layer.light : 0
      const glow = sheen * (1 - normal.z) ** 1.4
      for (let k = 0; k < 3; k++) {
        const tint = 1 + (bright - 1) * (k === 0 ? 0.03 : k === 2 ? -0.05 : 0)
        const base = albedo[i * 3 + k] ?? 0
        // Even black cloth sends back about one per cent from its surface.
        const value =
          base * bright * tint +
          0.011 * bright +
          shine * (0.35 + 0.65 * Math.sqrt(base)) * 0.8 +
          glow * (base + 0.04)
        out[k] = shoulder(value)
      }
      for (const target of job.targets) {
        const to = (window.y + y) * target.canvas.width + window.x + x
        const { light, cover: covered } = target.canvas
        for (let k = 0; k < 3; k++)
          light[to * 3 + k] = (light[to * 3 + k] ?? 0) * (1 - cover) + (out[k] ?? 0) * cover
        covered[to] = cover + (covered[to] ?? 0) * (1 - cover)
      }
    }
  }
}

type Place = { readonly x: number; readonly y: number; readonly i: number }

function normalAt(
  buffers: LayerBuffers,
  scale: number,
  place: Place,
  normal: { x: number; y: number; z: number },
): void {
  const { relief, fine, window } = buffers
  const { x, y, i } = place
  const j = y * relief.stride + x
  const left = x > 0 ? i - 1 : i
  const right = x < window.width - 1 ? i + 1 : i
  const above = y > 0 ? i - window.width : i
  const below = y < window.height - 1 ? i + window.width : i
  const fineX = ((fine[right] ?? 0) - (fine[left] ?? 0)) * 0.5 * scale
  const fineY = ((fine[below] ?? 0) - (fine[above] ?? 0)) * 0.5 * scale
  const gx = (relief.slopeX.data[j] ?? 0) + clamp(fineX, -1.4, 1.4)
  const gy = (relief.slopeY.data[j] ?? 0) + clamp(fineY, -1.4, 1.4)
  const length = Math.sqrt(1 + gx * gx + gy * gy)
  normal.x = -gx / length
  normal.y = -gy / length
  normal.z = 1 / length
}

/** Bends highlights so that white cloth keeps its folds. */
function shoulder(value: number): number {
  return value < 0.72 ? value : 0.72 + 0.28 * (1 - Math.exp((0.72 - value) / 0.28))
}
