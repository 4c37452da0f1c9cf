import type { LocalizedText } from '#kernel/locale.ts'
import { invalidState, Problem, validationFailed } from '#kernel/problem.ts'
import type { CharacteristicsFault } from './model.ts'

export function shopBlocked(): Problem {
  return new Problem({
    status: 403,
    code: 'shop_blocked',
    title: 'The shop is blocked',
    detail: {
      ru: 'Магазин заблокирован: доступен только просмотр',
      kk: 'Дүкен бұғатталған: тек қарауға болады',
      en: 'The shop is blocked: it can only look',
    },
  })
}

export function staleVersion(current_version: number): Problem {
  return invalidState(
    {
      ru: 'Карточка изменилась, обновите страницу',
      kk: 'Карточка өзгерді, бетті жаңартыңыз',
      en: 'The card has changed meanwhile, please reload it',
    },
    { current_version },
  )
}

function fieldProblem(field: string, code: string, message: LocalizedText): Problem {
  return validationFailed([{ field, code, message }])
}

export function badPrice(field: string): Problem {
  return fieldProblem(field, 'too_many_decimals', {
    ru: 'Не больше двух знаков после запятой',
    kk: 'Үтірден кейін екі таңбадан артық болмасын',
    en: 'At most two decimals',
  })
}

export function emptyPriceRange(): Problem {
  return fieldProblem('min_price', 'empty_range', {
    ru: 'Минимальная цена больше максимальной',
    kk: 'Ең төменгі баға ең жоғарғысынан үлкен',
    en: 'The lowest price is above the highest one',
  })
}

export function unknownCategory(field: string): Problem {
  return fieldProblem(field, 'unknown_category', {
    ru: 'Такой категории нет или она отключена',
    kk: 'Мұндай санат жоқ немесе өшірілген',
    en: 'There is no such category, or it is switched off',
  })
}

export function unknownImage(field: string): Problem {
  return fieldProblem(field, 'unknown_image', {
    ru: 'Изображение не найдено среди загруженных вами',
    kk: 'Сурет сіз жүктегендердің арасында табылмады',
    en: 'This picture is not among those you uploaded',
  })
}

export function nothingToChange(): Problem {
  return fieldProblem('body', 'empty', {
    ru: 'Укажите, что изменить',
    kk: 'Нені өзгерту керегін көрсетіңіз',
    en: 'Please say what to change',
  })
}

const CHARACTERISTICS: Record<CharacteristicsFault | 'not_json', LocalizedText> = {
  too_large: { ru: 'Не больше 8 КБ', kk: '8 КБ-тан аспасын', en: 'At most 8 KiB' },
  too_many_keys: { ru: 'Не больше 50 свойств', kk: '50 қасиеттен аспасын', en: 'At most 50 properties' },
  too_deep: { ru: 'Слишком глубокая вложенность', kk: 'Тым терең кірістірілген', en: 'Nested too deeply' },
  not_json: { ru: 'Это не JSON-объект', kk: 'Бұл JSON-объект емес', en: 'This is not a JSON object' },
}

export function badCharacteristics(fault: CharacteristicsFault | 'not_json'): Problem {
  return fieldProblem('characteristics', fault, CHARACTERISTICS[fault])
}

export function categoryTaken(field: 'name' | 'slug'): Problem {
  return new Problem({
    status: 409,
    code: 'already_exists',
    title: 'Name or slug is taken',
    detail: {
      ru: field === 'name' ? 'Категория с таким названием уже есть' : 'Категория с таким адресом уже есть',
      kk: field === 'name' ? 'Мұндай атауы бар санат бар' : 'Мұндай мекенжайы бар санат бар',
      en: field === 'name' ? 'A category with this name exists' : 'A category with this slug exists',
    },
    extra: { field },
  })
}

export function unknownParent(): Problem {
  return fieldProblem('parent_id', 'unknown_parent', {
    ru: 'Родительской категории нет',
    kk: 'Ата-санат жоқ',
    en: 'There is no such parent category',
  })
}

export function categoryCycle(): Problem {
  return fieldProblem('parent_id', 'cycle', {
    ru: 'Категория не может быть внутри самой себя',
    kk: 'Санат өзінің ішінде бола алмайды',
    en: 'A category cannot be inside itself',
  })
}

export function alreadyReviewed(): Problem {
  return new Problem({
    status: 409,
    code: 'already_exists',
    title: 'Already reviewed',
    detail: {
      ru: 'Вы уже оставили отзыв об этом товаре',
      kk: 'Сіз бұл тауарға пікір қалдырғансыз',
      en: 'You have already reviewed this product',
    },
  })
}
