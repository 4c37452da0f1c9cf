import type { Plane, Point } from '../../raster/types.ts'

type Ray = { from: Point; direction: Point; reach: number }

/**
 * Walks along a ray in steps of one pixel and returns how far the mask (over .5) goes on; holes of up to four
 * pixels are stepped over. 0 when the start is outside.
 */
export function march(inside: (index: number) => boolean, size: Plane, ray: Ray): number {
  const { width, height } = size
  let last = 0
  for (let s = 0; s < ray.reach; s++) {
    const x = Math.round(ray.from.x + ray.direction.x * s)
    const y = Math.round(ray.from.y + ray.direction.y * s)
    const on = x >= 0 && y >= 0 && x < width && y < height && inside(y * width + x)
    if (on) last = s
    else if (s - last > 4) break
  }
  return last
}

export function opposite(direction: Point): Point {
  return { x: -direction.x, y: -direction.y }
}
