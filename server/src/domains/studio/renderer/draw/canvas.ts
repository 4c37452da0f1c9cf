/** A picture under work: linear light, premultiplied by `cover`. Garments first, the background goes under them last. */
export type Canvas = {
  readonly width: number
  readonly height: number
  readonly light: Float32Array
  readonly cover: Float32Array
}

export function newCanvas(width: number, height: number): Canvas {
  return {
    width,
    height,
    light: new Float32Array(width * height * 3),
    cover: new Float32Array(width * height),
  }
}
