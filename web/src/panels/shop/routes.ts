import type { RouteObject } from 'react-router'
import { patterns } from '../../paths.ts'

/** Pages of the shop panel; each is a chunk of its own. */
export const shopRoutes: RouteObject = {
  lazy: async () => ({ Component: (await import('./layout.tsx')).ShopLayout }),
  children: [
    {
      path: patterns.shop,
      lazy: async () => ({ Component: (await import('./overview-page.tsx')).OverviewPage }),
    },
    {
      path: patterns.shopProducts,
      lazy: async () => ({ Component: (await import('./products-page.tsx')).ProductsPage }),
    },
    {
      path: patterns.shopNewProduct,
      lazy: async () => ({ Component: (await import('./new-product-page.tsx')).NewProductPage }),
    },
    {
      path: patterns.shopProduct,
      lazy: async () => ({ Component: (await import('./product-page.tsx')).ShopProductPage }),
    },
    {
      path: patterns.shopEditProduct,
      lazy: async () => ({ Component: (await import('./edit-product-page.tsx')).EditProductPage }),
    },
    {
      path: patterns.shopProfile,
      lazy: async () => ({ Component: (await import('./profile-page.tsx')).ProfilePage }),
    },
    {
      path: patterns.shopTransactions,
      lazy: async () => ({ Component: (await import('./transactions-page.tsx')).TransactionsPage }),
    },
    {
      path: patterns.shopSecurity,
      lazy: async () => ({ Component: (await import('./security-page.tsx')).SecurityPage }),
    },
    {
      path: patterns.shopJournal,
      lazy: async () => ({ Component: (await import('./journal-page.tsx')).JournalPage }),
    },
  ],
}

/** Where payments of shops and buyers end. */
export const paymentRoute: RouteObject = {
  path: patterns.payment,
  lazy: async () => ({ Component: (await import('./payment-page.tsx')).PaymentPage }),
}
