import { invalidState, Problem } from '#kernel/problem.ts'
import { ITEMS_MAX } from './model.ts'

export function wardrobeFull(): Problem {
  return new Problem({
    status: 403,
    code: 'wardrobe_limit',
    title: 'The wardrobe is full',
    detail: {
      ru: `В гардеробе помещается не больше ${ITEMS_MAX} вещей`,
      kk: `Гардеробқа ең көбі ${ITEMS_MAX} зат сыяды`,
      en: `The wardrobe holds at most ${ITEMS_MAX} items`,
    },
  })
}

export function generationNotReady(): Problem {
  return invalidState({
    ru: 'Сохранить можно только готовое изображение',
    kk: 'Тек дайын суретті сақтауға болады',
    en: 'Only a finished picture can be kept',
  })
}
