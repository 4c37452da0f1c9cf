import { boxBlur } from './blur.ts'
import { newPlane, type Plane } from './types.ts'

/** Statistics of the guide that do not depend on the filtered plane; compute once, filter many planes. */
export type Guide = { plane: Plane; radius: number; mean: Plane; variance: Plane }

export function prepareGuide(plane: Plane, radius: number): Guide {
  const mean = boxBlur(plane, radius)
  const variance = boxBlur(multiply(plane, plane), radius)
  for (let i = 0; i < variance.data.length; i++) {
    variance.data[i] = (variance.data[i] ?? 0) - (mean.data[i] ?? 0) ** 2
  }
  return { plane, radius, mean, variance }
}

/**
 * Guided filter (He, Sun, Tang 2010): the plane made to follow the edges of the guide.
 * `epsilon` is the guide's variance below which it counts as flat (guide in 0..1).
 */
export function guidedFilter(guide: Guide, input: Plane, epsilon: number): Plane {
  const { slope, offset } = guidedCoefficients(guide, input, epsilon)
  for (let i = 0; i < slope.data.length; i++) {
    slope.data[i] = (slope.data[i] ?? 0) * (guide.plane.data[i] ?? 0) + (offset.data[i] ?? 0)
  }
  return slope
}

/** The filter as `slope` · guide + `offset`: enlarged, the two can be applied to a guide of higher resolution. */
export function guidedCoefficients(
  guide: Guide,
  input: Plane,
  epsilon: number,
): { slope: Plane; offset: Plane } {
  const { plane, radius } = guide
  const slope = boxBlur(multiply(plane, input), radius)
  const offset = boxBlur(input, radius)
  for (let i = 0; i < slope.data.length; i++) {
    const mean = guide.mean.data[i] ?? 0
    const inputMean = offset.data[i] ?? 0
    const covariance = (slope.data[i] ?? 0) - mean * inputMean
    const a = covariance / ((guide.variance.data[i] ?? 0) + epsilon)
    slope.data[i] = a
    offset.data[i] = inputMean - a * mean
  }
  return { slope: boxBlur(slope, radius), offset: boxBlur(offset, radius) }
}

function multiply(a: Plane, b: Plane): Plane {
  const out = newPlane(a.width, a.height)
  for (let i = 0; i < out.data.length; i++) out.data[i] = (a.data[i] ?? 0) * (b.data[i] ?? 0)
  return out
}
