import type { LocalizedText } from '#kernel/locale.ts'
import { invalidState, Problem, validationFailed } from '#kernel/problem.ts'

export function productWithoutImages(): Problem {
  return validationFailed([
    {
      field: 'product_id',
      code: 'product_without_images',
      message: {
        ru: 'У товара нет фотографий',
        kk: 'Тауардың суреті жоқ',
        en: 'The product has no pictures',
      },
    },
  ])
}

/** The address is not a picture that this person may use (A27): foreign hosts and paths are never opened. */
export function unknownPicture(field: string): Problem {
  return validationFailed([
    {
      field,
      code: 'unknown_picture',
      message: {
        ru: 'Загрузите фото заново: этот адрес нельзя использовать',
        kk: 'Суретті қайта жүктеңіз: бұл мекенжайды пайдалануға болмайды',
        en: 'Please upload the photo again: this address cannot be used',
      },
    },
  ])
}

export function aiSwitchedOff(): Problem {
  return new Problem({
    status: 503,
    code: 'unavailable',
    title: 'AI is switched off',
    detail: {
      ru: 'Примерка и генерация временно отключены',
      kk: 'Киіп көру мен жасау уақытша өшірілген',
      en: 'Try-on and generation are switched off for now',
    },
  })
}

export function notCancellable(): Problem {
  return invalidState({
    ru: 'Отменить можно только то, что ещё ждёт в очереди',
    kk: 'Тек кезекте тұрғанды ғана тоқтатуға болады',
    en: 'Only what still waits in the queue can be cancelled',
  })
}

export function notFinished(): Problem {
  return invalidState({
    ru: 'Дождитесь окончания работы',
    kk: 'Жұмыстың аяқталуын күтіңіз',
    en: 'Please wait until the work has ended',
  })
}

export function generationInUse(items: number): Problem {
  return new Problem({
    status: 409,
    code: 'in_use',
    title: 'In use',
    detail: {
      ru: `Изображение сохранено в гардеробе (${items})`,
      kk: `Сурет гардеробта сақтаулы (${items})`,
      en: `The picture is kept in the wardrobe (${items})`,
    },
    extra: { items_count: items },
  })
}

/** With `Prefer: wait` only: the work ended badly while the caller waited. */
export function aiFailed(detail: LocalizedText, reason: string): Problem {
  return new Problem({
    status: 502,
    code: 'ai_failed',
    title: 'The picture could not be made',
    detail,
    extra: { reason },
  })
}
