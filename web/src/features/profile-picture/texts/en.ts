import type { ru } from './ru.ts'

export const en: typeof ru = {
  title: 'Profile picture',
  title_shop: 'Shop picture',
  change: 'Change profile picture',
  change_shop: 'Change shop picture',
  hint: 'JPEG, PNG or WebP. We cut it to a square around its middle.',
  hint_shop: 'A logo or your shop window: buyers see it beside the name.',
  pick: 'Choose a file',
  remove: 'Remove picture',
  saved: 'Picture updated',
  removed: 'Picture removed',
  not_an_image: 'This does not look like a picture. JPEG, PNG and WebP will do.',
  too_large: 'The file is too large: 10 MB at most.',
}
