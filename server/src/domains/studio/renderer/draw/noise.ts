/** Seeded value noise: the same seed and place give the same value on every machine (integer hashing only). */

/** A pseudo-random value 0..1 for a lattice point. */
export function hash(x: number, y: number, seed: number): number {
  let n = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed, 1274126177)
  n = Math.imul(n ^ (n >>> 13), 1274126177)
  return ((n ^ (n >>> 16)) >>> 0) / 4294967296
}

export function noise(x: number, y: number, seed: number): number {
  const column = Math.floor(x)
  const row = Math.floor(y)
  const fx = x - column
  const fy = y - row
  const u = fx * fx * (3 - 2 * fx)
  const v = fy * fy * (3 - 2 * fy)
  const top = hash(column, row, seed) * (1 - u) + hash(column + 1, row, seed) * u
  const bottom = hash(column, row + 1, seed) * (1 - u) + hash(column + 1, row + 1, seed) * u
  return top * (1 - v) + bottom * v
}

/** Sum of octaves, about 0..1, mean .5 (times 1 - 2^-octaves). */
export function fbm(x: number, y: number, seed: number, octaves: number): number {
  let amplitude = 0.5
  let frequency = 1
  let sum = 0
  for (let i = 0; i < octaves; i++) {
    sum += amplitude * noise(x * frequency, y * frequency, seed + i)
    frequency *= 2
    amplitude *= 0.5
  }
  return sum
}

/** Sharp crests between smooth valleys: crumpled cloth and leather. 0..1. */
export function ridged(x: number, y: number, seed: number): number {
  const value = 1 - Math.abs(2 * noise(x, y, seed) - 1)
  return value * value
}
