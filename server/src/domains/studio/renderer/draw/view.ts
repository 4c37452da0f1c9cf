import type { Box } from '../geometry/curve.ts'

/** How body units become pixels: x_px = x · scale + left. */
export type View = {
  readonly width: number
  readonly height: number
  readonly scale: number
  readonly left: number
  readonly top: number
}

/** A rectangle of whole pixels inside the picture. */
export type Window = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export function windowOf(box: Box, view: View, paddingPx: number): Window | null {
  const x0 = Math.max(0, Math.floor(box.left * view.scale + view.left - paddingPx))
  const y0 = Math.max(0, Math.floor(box.top * view.scale + view.top - paddingPx))
  const x1 = Math.min(view.width, Math.ceil(box.right * view.scale + view.left + paddingPx))
  const y1 = Math.min(view.height, Math.ceil(box.bottom * view.scale + view.top + paddingPx))
  if (x1 - x0 < 2 || y1 - y0 < 2) return null
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 }
}

/** Largest scale at which the box fits the middle of the picture, centred; `scaleMax` keeps small things small. */
export function fitBox(
  box: Box,
  size: { width: number; height: number },
  margin: { x: number; y: number },
  scaleMax: number,
): View {
  const scale = Math.min(
    (size.width * (1 - 2 * margin.x)) / (box.right - box.left),
    (size.height * (1 - 2 * margin.y)) / (box.bottom - box.top),
    scaleMax,
  )
  return {
    ...size,
    scale,
    left: size.width / 2 - (scale * (box.left + box.right)) / 2,
    top: size.height / 2 - (scale * (box.top + box.bottom)) / 2,
  }
}
