import type { ru } from './ru.ts'

export const en: typeof ru = {
  title: 'Shop',
  overview: 'Overview',
  products: 'Products',
  add: 'Add',
  money: 'Balance',
  profile: 'Profile',
  latest: 'Latest cards',
  all_products: 'All products',
  switch_title: 'This is the shop panel',
  switch_text:
    'You are signed in as a buyer. You can go on as your shop: if there is none yet we open one, and an administrator reviews it.',
  switch_note: 'To shop again, sign out of the shop and sign in as a buyer.',
  switch_action: 'Go to my shop',
  switch_other: 'Sign in to another account',
  guest_title: 'Shop panel',
  guest_text: 'Sign in as a shop to add cards and follow their review.',
  sign_in: 'Sign in',
  sign_up: 'Open a shop',
  to_site: 'To the site',
  preferences: 'Language and appearance',
  preview_back: 'Back to the card',
  preview_grid: 'In the catalogue',
  preview_page: 'Product page',
  signed_in_as: 'Signed in as',
  sign_out: 'Sign out',
}
