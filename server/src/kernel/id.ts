import { createHash, randomBytes, randomUUID } from 'node:crypto'

/** Integer ids of the wire and the tables, one type per entity: an OrderId is not a ProductId (DEC-01). */
export type Id<Entity extends string> = number & { readonly __entity?: Entity }
export type AccountId = Id<'account'>
export type UserId = Id<'user'>
export type ShopId = Id<'shop'>
export type ProductId = Id<'product'>
export type GenerationId = Id<'generation'>

/** 256 random bits, base64url: session secrets, refresh tokens, tickets, codes in links. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Random key of a stored object; says nothing about owner or order. */
export function newStorageKey(): string {
  return randomUUID().replaceAll('-', '')
}

/** What is stored instead of a secret: a 256-bit random value needs no slow hash. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
