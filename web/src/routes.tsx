import type { RouteObject } from 'react-router'
import { adminRoutes } from './panels/admin/routes.ts'
import { ErrorPage } from './panels/shell/error-page.tsx'
import { NotFoundPage } from './panels/shell/not-found-page.tsx'
import { Root } from './panels/shell/root.tsx'
import { Waiting } from './panels/shell/waiting.tsx'
import { paymentRoute, shopRoutes } from './panels/shop/routes.ts'
import { ShopfrontLayout } from './panels/shopfront/layout.tsx'
import { patterns } from './paths.ts'

/** Every page of the site. Each is a chunk of its own, fetched when somebody goes there. */
export const routes: RouteObject[] = [
  {
    Component: Root,
    ErrorBoundary: ErrorPage,
    HydrateFallback: Waiting,
    children: [
      {
        Component: ShopfrontLayout,
        children: [
          {
            path: patterns.home,
            lazy: async () => ({ Component: (await import('./panels/shopfront/home-page.tsx')).HomePage }),
          },
          {
            path: patterns.catalog,
            lazy: async () => ({
              Component: (await import('./panels/shopfront/catalog-page.tsx')).CatalogPage,
            }),
          },
          {
            path: patterns.product,
            lazy: async () => ({
              Component: (await import('./panels/shopfront/product-page.tsx')).ProductPage,
            }),
          },
          {
            path: patterns.tryOn,
            lazy: async () => ({ Component: (await import('./panels/shopfront/try-on-page.tsx')).TryOnPage }),
          },
          {
            path: patterns.look,
            lazy: async () => ({ Component: (await import('./panels/shopfront/look-page.tsx')).LookPage }),
          },
          {
            path: patterns.create,
            lazy: async () => ({
              Component: (await import('./panels/shopfront/create-page.tsx')).CreatePage,
            }),
          },
          {
            path: patterns.history,
            lazy: async () => ({
              Component: (await import('./panels/shopfront/history-page.tsx')).HistoryPage,
            }),
          },
          {
            path: patterns.account,
            lazy: async () => ({
              Component: (await import('./panels/shopfront/account-page.tsx')).AccountPage,
            }),
          },
          {
            path: patterns.accountSecurity,
            lazy: async () => ({
              Component: (await import('./panels/shopfront/security-page.tsx')).SecurityPage,
            }),
          },
          {
            path: patterns.signIn,
            lazy: async () => ({
              Component: (await import('./panels/shopfront/sign-in-page.tsx')).SignInPage,
            }),
          },
          {
            path: patterns.signUp,
            lazy: async () => ({
              Component: (await import('./panels/shopfront/sign-up-page.tsx')).SignUpPage,
            }),
          },
          {
            path: patterns.secondFactor,
            lazy: async () => ({
              Component: (await import('./panels/shopfront/second-factor-page.tsx')).SecondFactorPage,
            }),
          },
          {
            path: patterns.verifyEmail,
            lazy: async () => ({
              Component: (await import('./panels/shopfront/verify-email-page.tsx')).VerifyEmailPage,
            }),
          },
          {
            path: patterns.confirmEmail,
            lazy: async () => ({
              Component: (await import('./panels/shopfront/confirm-email-page.tsx')).ConfirmEmailPage,
            }),
          },
          {
            path: patterns.forgotPassword,
            lazy: async () => ({
              Component: (await import('./panels/shopfront/forgot-password-page.tsx')).ForgotPasswordPage,
            }),
          },
          {
            path: patterns.resetPassword,
            lazy: async () => ({
              Component: (await import('./panels/shopfront/reset-password-page.tsx')).ResetPasswordPage,
            }),
          },
          {
            path: patterns.providerCallback,
            lazy: async () => ({
              Component: (await import('./panels/shopfront/provider-callback-page.tsx')).ProviderCallbackPage,
            }),
          },
          { path: '*', Component: NotFoundPage },
        ],
      },
      shopRoutes,
      paymentRoute,
      adminRoutes,
    ],
  },
]
