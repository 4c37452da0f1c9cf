/** The only place that knows the addresses of the site's pages. Patterns for the router, functions for links. */
export const patterns = {
  home: '/',
  catalog: '/catalog',
  product: '/products/:product_id',
  tryOn: '/products/:product_id/try-on',
  look: '/looks/:generation_id',
  create: '/create',
  history: '/history',
  account: '/account',
  accountSecurity: '/account/security',
  signIn: '/sign-in',
  signUp: '/sign-up',
  secondFactor: '/sign-in/code',
  verifyEmail: '/verify-email',
  confirmEmail: '/confirm-email',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  providerCallback: '/callback',
  shop: '/shop',
  shopProducts: '/shop/products',
  shopNewProduct: '/shop/products/new',
  shopProduct: '/shop/products/:product_id',
  shopEditProduct: '/shop/products/:product_id/edit',
  shopProfile: '/shop/profile',
  shopTransactions: '/shop/transactions',
  shopSecurity: '/shop/security',
  shopJournal: '/shop/journal',
  payment: '/payment/:end',
  admin: '/admin',
  moderation: '/admin/moderation',
  moderationCard: '/admin/moderation/:product_id',
  adminShops: '/admin/shops',
  adminSecurity: '/admin/security',
  adminUsers: '/admin/users',
  adminUser: '/admin/users/:user_id',
  adminAudit: '/admin/audit',
  adminSettings: '/admin/settings',
  adminApprovals: '/admin/approvals',
} as const

export type CatalogFilters = {
  query?: string
  category_id?: number
  min_price?: number
  max_price?: number
  sort?: string
}

export type PeopleFilters = {
  query?: string
  role?: string
  state?: string
  sort?: string
  page?: number
}

export type ShopsFilters = { state?: string; query?: string; page?: number; rejected?: string }

/** `from` and `to` are days, in the zone of whoever opens the address. */
export type AuditFilters = {
  actor_type?: string
  actor_id?: string | number
  action?: string
  entity_type?: string
  entity_id?: string | number
  from?: string
  to?: string
  page?: number
}

export const paths = {
  home: () => patterns.home,
  catalog: (filters: CatalogFilters = {}) => withSearch(patterns.catalog, filters),
  product: (product_id: number) => `/products/${product_id}`,
  tryOn: (product_id: number) => `/products/${product_id}/try-on`,
  look: (generation_id: number) => `/looks/${generation_id}`,
  create: (prompt?: string) => withSearch(patterns.create, { prompt }),
  history: () => patterns.history,
  account: () => patterns.account,
  accountSecurity: () => patterns.accountSecurity,
  signIn: (next?: string) => withSearch(patterns.signIn, { next }),
  signUp: (next?: string) => withSearch(patterns.signUp, { next }),
  secondFactor: () => patterns.secondFactor,
  verifyEmail: (next?: string) => withSearch(patterns.verifyEmail, { next }),
  forgotPassword: () => patterns.forgotPassword,
  resetPassword: () => patterns.resetPassword,
  shop: () => patterns.shop,
  shopProducts: (filters: { status?: string; query?: string } = {}) =>
    withSearch(patterns.shopProducts, filters),
  shopNewProduct: () => patterns.shopNewProduct,
  shopProduct: (product_id: number) => `/shop/products/${product_id}`,
  shopEditProduct: (product_id: number) => `/shop/products/${product_id}/edit`,
  shopProfile: () => patterns.shopProfile,
  shopTransactions: () => patterns.shopTransactions,
  shopSecurity: () => patterns.shopSecurity,
  adminSecurity: () => patterns.adminSecurity,
  shopJournal: (page?: number) => withSearch(patterns.shopJournal, { page }),
  admin: () => patterns.admin,
  moderation: () => patterns.moderation,
  moderationCard: (product_id: number) => `/admin/moderation/${product_id}`,
  adminShops: (filters: ShopsFilters = {}) => withSearch(patterns.adminShops, filters),
  adminUsers: (filters: PeopleFilters = {}) => withSearch(patterns.adminUsers, filters),
  adminUser: (user_id: number) => `/admin/users/${user_id}`,
  adminAudit: (filters: AuditFilters = {}) => withSearch(patterns.adminAudit, filters),
  adminSettings: () => patterns.adminSettings,
  adminApprovals: () => patterns.adminApprovals,
}

function withSearch(path: string, members: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  return search.size > 0 ? `${path}?${search}` : path
}
