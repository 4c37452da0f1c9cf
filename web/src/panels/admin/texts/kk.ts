import type { ru } from './ru.ts'

export const kk: typeof ru = {
  title: 'Әкімші',
  overview: 'Шолу',
  moderation: 'Карточкалар',
  shops: 'Дүкендер',
  people: 'Адамдар',
  audit: 'Аудит',
  hello: (name) => `Сәлеметсіз бе, ${name}`,
  nothing_waits: 'Бәрі қаралды. Күніңіз сәтті өтсін!',
  cards_waiting: 'Карточкалар тексеруді күтуде',
  cards_action: 'Тексеруді бастау',
  cards_oldest: (date) => `Ең ескісі ${date} бастап күтіп тұр`,
  shops_waiting: 'Дүкендер мақұлдауды күтуде',
  shops_action: 'Қарау',
  clear: 'Күтіп тұрған жоқ',
  preferences: 'Тіл мен көрініс',
  account: 'Аккаунтым',
  signed_in_as: 'Сіз кірген аккаунт:',
  security: 'Қауіпсіздік',
  sign_out: 'Шығу',
}
