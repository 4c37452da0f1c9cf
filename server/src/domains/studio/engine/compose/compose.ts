import { blur } from '../../raster/blur.ts'
import { toLinear, toSrgb } from '../../raster/colour.ts'
import { clamp, lerp, smoothstep } from '../../raster/math.ts'
import type { FloatRgb, Plane } from '../../raster/types.ts'
import type { Layer } from '../fit/warp-layer.ts'
import type { Scene } from './scene.ts'

/**
 * Puts the picture together, back to front: the clean plate, the torso, arms and hands, the sleeves, hair and face.
 * `plate` is changed in place and returned.
 */
export function compose(scene: Scene, plate: FloatRgb, light: { shade: Plane; onBody: Plane }): FloatRgb {
  darken(plate, light.onBody, 0.33)
  const withBareArms = plate.data.slice()
  drawLayer(plate, scene.underlay, light.shade)
  drawLayer(plate, scene.torso, light.shade)
  bringArmsForward(plate, withBareArms, scene)
  for (const sleeve of scene.sleeves) {
    const contact = blur(sleeve.alpha, 0.018 * scene.person.frame.unit)
    for (let i = 0; i < contact.data.length; i++) {
      contact.data[i] =
        (contact.data[i] ?? 0) * (1 - (sleeve.alpha.data[i] ?? 0)) * (scene.torso.alpha.data[i] ?? 0)
    }
    darken(plate, contact, 0.3)
    drawLayer(plate, sleeve, light.shade)
  }
  bringHeadForward(plate, scene)
  return plate
}

function darken(picture: FloatRgb, mask: Plane, strength: number): void {
  for (let i = 0; i < mask.data.length; i++) {
    const m = mask.data[i] ?? 0
    if (m < 0.004) continue
    const factor = 1 - strength * m
    for (let c = 0; c < 3; c++) picture.data[i * 3 + c] = (picture.data[i * 3 + c] ?? 0) * factor
  }
}

/** Light is multiplied in linear space; 1.6 makes up for shade having been measured on gamma-encoded luma. */
function drawLayer(picture: FloatRgb, layer: Layer, shade: Plane): void {
  for (let i = 0; i < layer.alpha.data.length; i++) {
    const alpha = layer.alpha.data[i] ?? 0
    if (alpha <= 0) continue
    const light = (shade.data[i] ?? 1) ** 1.6
    for (let c = 0; c < 3; c++) {
      const o = i * 3 + c
      const value = toSrgb(toLinear(layer.colour.data[o] ?? 0) * light)
      picture.data[o] = lerp(picture.data[o] ?? 0, value, alpha)
    }
  }
}

function bringArmsForward(picture: FloatRgb, withBareArms: Float32Array, scene: Scene): void {
  const { in_front } = scene.arms
  for (let i = 0; i < in_front.data.length; i++) {
    const share = in_front.data[i] ?? 0
    if (share <= 0 || Math.max(scene.torso.alpha.data[i] ?? 0, scene.underlay.alpha.data[i] ?? 0) <= 0)
      continue
    const alpha = smoothstep(0.3, 0.7, share)
    for (let c = 0; c < 3; c++) {
      const o = i * 3 + c
      picture.data[o] = lerp(picture.data[o] ?? 0, withBareArms[o] ?? 0, alpha)
    }
  }
}

function bringHeadForward(picture: FloatRgb, scene: Scene): void {
  const { image, parse } = scene.person
  for (let i = 0; i < parse.hair.data.length; i++) {
    if ((scene.cover.data[i] ?? 0) <= 0) continue
    const hair = smoothstep(0.25, 0.75, parse.hair.data[i] ?? 0)
    const face = smoothstep(0.4, 0.7, parse.face.data[i] ?? 0)
    const alpha = clamp(hair + face, 0, 1)
    if (alpha <= 0) continue
    for (let c = 0; c < 3; c++) {
      const o = i * 3 + c
      picture.data[o] = lerp(picture.data[o] ?? 0, image.data[o] ?? 0, alpha)
    }
  }
}
