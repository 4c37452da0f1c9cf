export const ITEMS_MAX = 500
export const AI_FOLDER = 'AI Creations'

export type WardrobeSource = 'shop_product' | 'generated' | 'uploaded' | 'purchased'
