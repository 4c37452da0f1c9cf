import { expect, test } from 'vitest'
import { paths, patterns } from './paths.ts'

test('every address of the site', () => {
  const addresses = {
    ...Object.fromEntries(Object.entries(patterns).map(([name, pattern]) => [`pattern ${name}`, pattern])),
    home: paths.home(),
    catalog: paths.catalog(),
    'catalog with filters': paths.catalog({
      query: 'қызыл көйлек & т.д.',
      category_id: 3,
      min_price: 10,
      sort: 'cheap',
    }),
    product: paths.product(7),
    tryOn: paths.tryOn(7),
    look: paths.look(12),
    create: paths.create(),
    'create with words': paths.create('синее платье'),
    history: paths.history(),
    account: paths.account(),
    signIn: paths.signIn(),
    'signIn and back': paths.signIn('/products/7/try-on'),
    signUp: paths.signUp('/looks/12'),
    secondFactor: paths.secondFactor(),
    verifyEmail: paths.verifyEmail(),
    forgotPassword: paths.forgotPassword(),
    resetPassword: paths.resetPassword(),
    shop: paths.shop(),
    admin: paths.admin(),
  }
  expect(addresses).toMatchInlineSnapshot(`
    {
      "account": "/account",
      "admin": "/admin",
      "catalog": "/catalog",
      "catalog with filters": "/catalog?query=%D2%9B%D1%8B%D0%B7%D1%8B%D0%BB+%D0%BA%D3%A9%D0%B9%D0%BB%D0%B5%D0%BA+%26+%D1%82.%D0%B4.&category_id=3&min_price=10&sort=cheap",
      "create": "/create",
      "create with words": "/create?prompt=%D1%81%D0%B8%D0%BD%D0%B5%D0%B5+%D0%BF%D0%BB%D0%B0%D1%82%D1%8C%D0%B5",
      "forgotPassword": "/forgot-password",
      "history": "/history",
      "home": "/",
      "look": "/looks/12",
      "pattern account": "/account",
      "pattern admin": "/admin",
      "pattern catalog": "/catalog",
      "pattern create": "/create",
      "pattern forgotPassword": "/forgot-password",
      "pattern googleCallback": "/callback",
      "pattern history": "/history",
      "pattern home": "/",
      "pattern look": "/looks/:generation_id",
      "pattern product": "/products/:product_id",
      "pattern resetPassword": "/reset-password",
      "pattern secondFactor": "/sign-in/code",
      "pattern shop": "/shop",
      "pattern signIn": "/sign-in",
      "pattern signUp": "/sign-up",
      "pattern tryOn": "/products/:product_id/try-on",
      "pattern verifyEmail": "/verify-email",
      "product": "/products/7",
      "resetPassword": "/reset-password",
      "secondFactor": "/sign-in/code",
      "shop": "/shop",
      "signIn": "/sign-in",
      "signIn and back": "/sign-in?next=%2Fproducts%2F7%2Ftry-on",
      "signUp": "/sign-up?next=%2Flooks%2F12",
      "tryOn": "/products/7/try-on",
      "verifyEmail": "/verify-email",
    }
  `)
})

test('an empty filter leaves no trace in the address', () => {
  expect(paths.catalog({ query: '' })).toBe('/catalog')
})
