import type { RgbaImage, RgbImage } from '../../raster/types.ts'
import type { Model } from '../models.ts'
import { parseWhole } from '../person/parse.ts'
import { EngineRefusal } from '../refusal.ts'

/**
 * A picture of somebody wearing the garment cannot be cut like a flat one: the arms, hair and trousers would come
 * along. Garments alone show neither face nor hair; floral prints reach 7 % of what the model takes for skin, people
 * with their head cut off over 9 %.
 * @throws EngineRefusal `garment_not_found`
 */
export async function refuseWorn(model: Model, picture: RgbaImage): Promise<void> {
  const parse = await parseWhole(model, opaque(picture))
  const share = (data: Float32Array): number =>
    data.reduce((sum, p) => sum + (p > 0.5 ? 1 : 0), 0) / data.length
  const face_share = share(parse.face.data)
  const skin_share = share(parse.skin.data)
  const hair_share = share(parse.hair.data)
  if (face_share > 0.0025 || skin_share > 0.08 || (skin_share > 0.02 && hair_share > 0.002)) {
    throw new EngineRefusal('garment_not_found', { face_share, skin_share })
  }
}

function opaque(picture: RgbaImage): RgbImage {
  const pixels = picture.width * picture.height
  const data = new Uint8Array(pixels * 3)
  for (let i = 0; i < pixels; i++) {
    const alpha = (picture.data[i * 4 + 3] ?? 255) / 255
    for (let c = 0; c < 3; c++) data[i * 3 + c] = (picture.data[i * 4 + c] ?? 0) * alpha + 255 * (1 - alpha)
  }
  return { width: picture.width, height: picture.height, data }
}
