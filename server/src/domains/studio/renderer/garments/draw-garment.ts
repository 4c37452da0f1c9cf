import { seededRandom } from '../../raster/math.ts'
import type { Drawing } from '../geometry/drawing.ts'
import type { GarmentSpec, View } from '../spec.ts'
import { drawDress } from './dresses.ts'
import { drawJersey } from './jersey.ts'
import { drawJumpsuit } from './jumpsuit.ts'
import { drawOuterwear } from './outerwear.ts'
import { drawShirt } from './shirts.ts'
import { drawSkirt } from './skirts.ts'
import { drawTrousers } from './trousers.ts'

/** Geometry of a garment in body units. The seed only shakes folds; the cut stays the same. */
export function drawGarment(spec: GarmentSpec, view: View, seed: number): Drawing {
  const random = seededRandom(seed * 7919 + 13)
  switch (spec.type) {
    case 't_shirt':
    case 'longsleeve':
    case 'tank':
    case 'polo':
    case 'sweater':
    case 'sweatshirt':
    case 'hoodie':
      return drawJersey(spec, view, random)
    case 'shirt':
    case 'blouse':
    case 'tunic':
      return drawShirt(spec, view, random)
    case 'jacket':
    case 'denim_jacket':
    case 'leather_jacket':
    case 'puffer':
    case 'blazer':
    case 'coat':
    case 'trench':
    case 'vest':
    case 'chapan':
    case 'cardigan':
      return drawOuterwear(spec, view, random)
    case 'dress':
    case 'sundress':
    case 'shirt_dress':
    case 'wrap_dress':
    case 'evening_dress':
    case 'knit_dress':
      return drawDress(spec, view, random)
    case 'skirt':
    case 'pencil_skirt':
    case 'pleated_skirt':
    case 'denim_skirt':
      return drawSkirt(spec, view, random)
    case 'trousers':
    case 'jeans':
    case 'joggers':
    case 'shorts':
    case 'leggings':
      return drawTrousers(spec, view, random)
    case 'jumpsuit':
      return drawJumpsuit(spec, view, random)
  }
}
