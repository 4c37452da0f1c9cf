import type { paths } from './generated/schema.ts'

/** Body of a successful answer, as the contract has it. */
type Answer<Operation> = Operation extends {
  responses: { 200: { content: { 'application/json': infer Body } } }
}
  ? Body
  : Operation extends { responses: { 201: { content: { 'application/json': infer Body } } } }
    ? Body
    : never
type Item<List> = List extends Array<infer One> ? One : never

export type User = Answer<paths['/api/v1/users/me']['get']>
export type Shop = Answer<paths['/api/v1/shops/me']['get']>
export type Product = Answer<paths['/api/v1/products/{product_id}']['get']>
export type Category = Item<Answer<paths['/api/v1/categories']['get']>['categories']>
export type Review = Item<Answer<paths['/api/v1/products/{product_id}/reviews']['get']>>
export type Consent = Item<Answer<paths['/api/v1/users/me/consents']['get']>>
export type Generation = Answer<paths['/api/v1/generations/{generation_id}']['get']>
export type PersonPhoto = Answer<paths['/api/v1/media/person-photos']['post']>
export type Person = Answer<paths['/api/v1/admin/users/{user_id}']['get']>
export type Setting = Item<Answer<paths['/api/v1/admin/settings']['get']>>
export type Approval = Item<Answer<paths['/api/v1/admin/approvals']['get']>['items']>
