import type { Plane } from './types.ts'

/** Labels start at 1; `sizes[label]` is the number of pixels, `sizes[0]` is 0. */
export type Components = { labels: Int32Array; count: number; sizes: number[] }

/** Four-connected areas of the pixels over `threshold`. */
export function findComponents(mask: Plane, threshold = 0.5): Components {
  const { width, height, data } = mask
  const labels = new Int32Array(width * height)
  const stack = new Int32Array(width * height)
  const sizes = [0]
  let count = 0
  for (let start = 0; start < data.length; start++) {
    if (labels[start] !== 0 || !((data[start] ?? 0) > threshold)) continue
    count++
    sizes.push(fillFrom({ start, label: count, threshold }, mask, labels, stack))
  }
  return { labels, count, sizes }
}

/** The label of the largest area; 0 when there is none. */
export function largestComponent(components: Components): number {
  let best = 0
  for (let label = 1; label <= components.count; label++) {
    if ((components.sizes[label] ?? 0) > (components.sizes[best] ?? 0)) best = label
  }
  return best
}

type Seed = { start: number; label: number; threshold: number }

function fillFrom(seed: Seed, mask: Plane, labels: Int32Array, stack: Int32Array): number {
  const { width, height, data } = mask
  const { label, threshold } = seed
  let depth = 0
  let size = 0
  stack[depth++] = seed.start
  labels[seed.start] = label
  while (depth > 0) {
    const i = stack[--depth] ?? 0
    size++
    const x = i % width
    const last = i >= width * (height - 1)
    if (x > 0 && labels[i - 1] === 0 && (data[i - 1] ?? 0) > threshold) {
      labels[i - 1] = label
      stack[depth++] = i - 1
    }
    if (x < width - 1 && labels[i + 1] === 0 && (data[i + 1] ?? 0) > threshold) {
      labels[i + 1] = label
      stack[depth++] = i + 1
    }
    if (i >= width && labels[i - width] === 0 && (data[i - width] ?? 0) > threshold) {
      labels[i - width] = label
      stack[depth++] = i - width
    }
    if (!last && labels[i + width] === 0 && (data[i + width] ?? 0) > threshold) {
      labels[i + width] = label
      stack[depth++] = i + width
    }
  }
  return size
}
