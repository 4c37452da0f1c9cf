import type { ru } from './ru.ts'

export const en: typeof ru = {
  title: 'Admin',
  overview: 'Overview',
  moderation: 'Cards',
  shops: 'Shops',
  people: 'People',
  audit: 'Audit',
  hello: (name) => `Hello, ${name}`,
  nothing_waits: 'All reviewed. Have a good day!',
  cards_waiting: 'Cards waiting for review',
  cards_action: 'Start reviewing',
  cards_oldest: (date) => `The oldest has waited since ${date}`,
  shops_waiting: 'Shops waiting for approval',
  shops_action: 'Have a look',
  clear: 'Nobody is waiting',
  preferences: 'Language and appearance',
  account: 'Account',
  signed_in_as: 'Signed in as',
  security: 'Security',
  sign_out: 'Sign out',
}
