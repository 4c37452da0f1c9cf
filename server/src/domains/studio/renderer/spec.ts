/** What the renderer can draw, in plain data. Words become a spec, a spec becomes a picture. */

export type Locale = 'ru' | 'kk' | 'en'
export type Label = Readonly<Record<Locale, string>>

/** `#rrggbb`, sRGB. */
export type Hex = `#${string}`

export const garmentTypes = [
  't_shirt',
  'longsleeve',
  'tank',
  'polo',
  'shirt',
  'blouse',
  'tunic',
  'sweater',
  'cardigan',
  'hoodie',
  'sweatshirt',
  'jacket',
  'denim_jacket',
  'leather_jacket',
  'puffer',
  'blazer',
  'coat',
  'trench',
  'vest',
  'chapan',
  'dress',
  'sundress',
  'shirt_dress',
  'wrap_dress',
  'evening_dress',
  'knit_dress',
  'skirt',
  'pencil_skirt',
  'pleated_skirt',
  'denim_skirt',
  'trousers',
  'jeans',
  'joggers',
  'shorts',
  'leggings',
  'jumpsuit',
] as const
export type GarmentType = (typeof garmentTypes)[number]

export const patternNames = [
  'plain',
  'stripes',
  'vertical_stripes',
  'dots',
  'plaid',
  'gingham',
  'houndstooth',
  'floral',
  'ornament',
  'leopard',
  'zebra',
  'camouflage',
  'hearts',
  'stars',
  'paisley',
  'tie_dye',
  'color_block',
] as const
export type PatternName = (typeof patternNames)[number]

export const fabricNames = [
  'cotton',
  'denim',
  'knit',
  'linen',
  'leather',
  'suede',
  'velvet',
  'silk',
  'wool',
  'fleece',
  'corduroy',
  'chiffon',
  'nylon',
] as const
export type FabricName = (typeof fabricNames)[number]

export type Sleeve = 'none' | 'straps' | 'short' | 'three_quarter' | 'long' | 'puff' | 'wide'
export type Neck = 'crew' | 'v' | 'scoop' | 'boat' | 'square' | 'turtle' | 'collar' | 'stand'
export type Fit = 'slim' | 'regular' | 'oversize'
export type Length = 'mini' | 'short' | 'regular' | 'midi' | 'maxi'
export type Leg = 'skinny' | 'straight' | 'wide' | 'flare'
export type Wearer = 'women' | 'men' | 'kids'
export type View = 'front' | 'back' | 'detail'

export const detailNames = [
  'pockets',
  'buttons',
  'zip',
  'belt',
  'hood',
  'ruffles',
  'slit',
  'pleats',
  'cable',
  'cuffs',
  'double_breasted',
  'distressed',
  'fur',
  'high_waist',
  'drawstring',
] as const
export type Detail = (typeof detailNames)[number]

export type GarmentSpec = {
  readonly type: GarmentType
  readonly colour: Hex
  /** Second colour of a pattern, of bands and of trims; null lets the renderer choose one that suits. */
  readonly accent: Hex | null
  readonly pattern: PatternName
  readonly fabric: FabricName
  readonly sleeve: Sleeve
  readonly neck: Neck
  readonly fit: Fit
  readonly length: Length
  readonly leg: Leg
  readonly wearer: Wearer
  readonly details: readonly Detail[]
}

export type GarmentWish = { readonly type: GarmentType } & Partial<Omit<GarmentSpec, 'type'>>

export const hasDetail = (spec: GarmentSpec, detail: Detail): boolean => spec.details.includes(detail)
