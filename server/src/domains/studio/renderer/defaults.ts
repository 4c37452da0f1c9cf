import type { FabricName, GarmentSpec, GarmentType, GarmentWish, Hex, Leg, Neck, Sleeve } from './spec.ts'

type Default = {
  readonly colour: Hex
  readonly fabric: FabricName
  readonly sleeve: Sleeve
  readonly neck: Neck
  readonly leg?: Leg
}

/** What a garment is when the words say nothing more. */
const defaults: Readonly<Record<GarmentType, Default>> = {
  t_shirt: { colour: '#e9e6df', fabric: 'cotton', sleeve: 'short', neck: 'crew' },
  longsleeve: { colour: '#3a4a5e', fabric: 'cotton', sleeve: 'long', neck: 'crew' },
  tank: { colour: '#efece6', fabric: 'cotton', sleeve: 'none', neck: 'scoop' },
  polo: { colour: '#2f4a43', fabric: 'cotton', sleeve: 'short', neck: 'collar' },
  shirt: { colour: '#e8eef4', fabric: 'cotton', sleeve: 'long', neck: 'collar' },
  blouse: { colour: '#efe6da', fabric: 'silk', sleeve: 'long', neck: 'v' },
  tunic: { colour: '#c7b59b', fabric: 'linen', sleeve: 'three_quarter', neck: 'v' },
  sweater: { colour: '#cdb694', fabric: 'knit', sleeve: 'long', neck: 'crew' },
  cardigan: { colour: '#8c8f86', fabric: 'knit', sleeve: 'long', neck: 'v' },
  hoodie: { colour: '#7d828a', fabric: 'fleece', sleeve: 'long', neck: 'crew' },
  sweatshirt: { colour: '#b9b6ae', fabric: 'fleece', sleeve: 'long', neck: 'crew' },
  jacket: { colour: '#3c463b', fabric: 'nylon', sleeve: 'long', neck: 'stand' },
  denim_jacket: { colour: '#566578', fabric: 'denim', sleeve: 'long', neck: 'collar' },
  leather_jacket: { colour: '#1e1d1f', fabric: 'leather', sleeve: 'long', neck: 'collar' },
  puffer: { colour: '#2d3b4f', fabric: 'nylon', sleeve: 'long', neck: 'stand' },
  blazer: { colour: '#2a2e3a', fabric: 'wool', sleeve: 'long', neck: 'v' },
  coat: { colour: '#a5835b', fabric: 'wool', sleeve: 'long', neck: 'v' },
  trench: { colour: '#c9b28a', fabric: 'cotton', sleeve: 'long', neck: 'v' },
  vest: { colour: '#4a4d52', fabric: 'wool', sleeve: 'none', neck: 'v' },
  chapan: { colour: '#7b1f2c', fabric: 'velvet', sleeve: 'long', neck: 'v' },
  dress: { colour: '#7c8f86', fabric: 'cotton', sleeve: 'short', neck: 'crew' },
  sundress: { colour: '#e2c9a6', fabric: 'linen', sleeve: 'straps', neck: 'square' },
  shirt_dress: { colour: '#b7c4d1', fabric: 'cotton', sleeve: 'long', neck: 'collar' },
  wrap_dress: { colour: '#8a3b45', fabric: 'silk', sleeve: 'three_quarter', neck: 'v' },
  evening_dress: { colour: '#1f3b36', fabric: 'silk', sleeve: 'straps', neck: 'v' },
  knit_dress: { colour: '#8f8378', fabric: 'knit', sleeve: 'long', neck: 'crew' },
  skirt: { colour: '#5b4a42', fabric: 'cotton', sleeve: 'none', neck: 'crew' },
  pencil_skirt: { colour: '#2b2d33', fabric: 'wool', sleeve: 'none', neck: 'crew' },
  pleated_skirt: { colour: '#b9a48c', fabric: 'silk', sleeve: 'none', neck: 'crew' },
  denim_skirt: { colour: '#66788c', fabric: 'denim', sleeve: 'none', neck: 'crew' },
  trousers: { colour: '#3a3c42', fabric: 'wool', sleeve: 'none', neck: 'crew', leg: 'straight' },
  jeans: { colour: '#445468', fabric: 'denim', sleeve: 'none', neck: 'crew', leg: 'straight' },
  joggers: { colour: '#6b6f75', fabric: 'fleece', sleeve: 'none', neck: 'crew', leg: 'skinny' },
  shorts: { colour: '#b7a585', fabric: 'cotton', sleeve: 'none', neck: 'crew', leg: 'straight' },
  leggings: { colour: '#1f2024', fabric: 'nylon', sleeve: 'none', neck: 'crew', leg: 'skinny' },
  jumpsuit: { colour: '#4d5a4a', fabric: 'linen', sleeve: 'short', neck: 'v', leg: 'wide' },
}

/** Completes a wish. Colours named in words are clean; denim takes them as a dye and stays denim. */
export function completeSpec(wish: GarmentWish): GarmentSpec {
  const base = defaults[wish.type]
  const fabric = wish.fabric ?? (wish.details?.includes('cable') === true ? 'knit' : base.fabric)
  return {
    type: wish.type,
    colour: dyed(
      wish.colour ?? (fabric === 'denim' && base.fabric !== 'denim' ? '#515f73' : base.colour),
      fabric,
    ),
    accent: wish.accent ?? null,
    pattern: wish.pattern ?? 'plain',
    fabric,
    sleeve: wish.sleeve ?? base.sleeve,
    neck: wish.neck ?? base.neck,
    fit: wish.fit ?? 'regular',
    length: wish.length ?? 'regular',
    leg: legOf(wish, base.leg ?? 'straight'),
    wearer: wish.wearer ?? 'women',
    details: wish.details ?? [],
  }
}

function legOf(wish: GarmentWish, usual: Leg): Leg {
  if (wish.leg !== undefined) return wish.leg
  if (wish.fit === 'oversize') return 'wide'
  if (wish.fit === 'slim') return 'skinny'
  return usual
}

/** Indigo is never as clean as paint: blues of denim are pulled towards worn indigo. */
function dyed(colour: Hex, fabric: FabricName): Hex {
  if (fabric !== 'denim') return colour
  return denimBlues[colour] ?? colour
}

const denimBlues: Readonly<Partial<Record<Hex, Hex>>> = {
  '#2c4f9e': '#47586f',
  '#1d2a48': '#2a3446',
  '#88b6dc': '#94a6b8',
  '#34496b': '#364559',
}
