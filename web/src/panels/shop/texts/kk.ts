import type { ru } from './ru.ts'

export const kk: typeof ru = {
  title: 'Дүкен',
  overview: 'Шолу',
  products: 'Тауарлар',
  add: 'Қосу',
  money: 'Теңгерім',
  profile: 'Дүкен профилі',
  latest: 'Соңғы карточкалар',
  all_products: 'Барлық тауар',
  switch_title: 'Бұл — дүкен кабинеті',
  switch_text:
    'Қазір сіз сатып алушы ретінде кірдіңіз. Өз дүкеніңіздің атынан жалғастыруға болады: ол әлі жоқ болса, біз ашамыз, әкімші тексереді.',
  switch_note: 'Сатып алуға оралу үшін дүкеннен шығып, сатып алушы ретінде кіріңіз.',
  switch_action: 'Дүкеніме өту',
  switch_other: 'Басқа аккаунтқа кіру',
  guest_title: 'Дүкен кабинеті',
  guest_text: 'Карточкаларды қосу және тексерілуін көру үшін дүкен ретінде кіріңіз.',
  sign_in: 'Кіру',
  sign_up: 'Дүкен ашу',
  to_site: 'Сайтқа',
  preferences: 'Тіл мен көрініс',
  preview_back: 'Карточкаға оралу',
  preview_grid: 'Каталогта',
  preview_page: 'Тауар беті',
  signed_in_as: 'Сіз кірген аккаунт:',
  sign_out: 'Шығу',
}
