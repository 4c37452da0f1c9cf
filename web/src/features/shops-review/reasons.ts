import type { Language } from '../../lib/i18n/language.ts'

/** Contract 2.16: the reason has 10 to 1000 characters. */
export const REASON_MIN = 10
export const REASON_MAX = 1000
export const REASONS = ['contacts', 'description', 'name', 'duplicate', 'not_fashion'] as const
export type ReadyReason = (typeof REASONS)[number]

/** What the shop reads: what is missing and what to do about it. */
const SENTENCES: Record<ReadyReason, Record<Language, string>> = {
  contacts: {
    ru: 'Укажите телефон и адрес магазина, чтобы покупатели могли с вами связаться.',
    kk: 'Сатып алушылар сізбен хабарласа алуы үшін дүкеннің телефоны мен мекенжайын көрсетіңіз.',
    en: 'Please give the phone and the address of the shop, so that buyers can reach you.',
  },
  description: {
    ru: 'Опишите магазин: что вы продаёте и чем отличаетесь.',
    kk: 'Дүкенді сипаттаңыз: не сатасыз және несімен ерекшеленесіз.',
    en: 'Please describe the shop: what you sell and what sets you apart.',
  },
  name: {
    ru: 'Название магазина нарушает правила или принадлежит чужой марке. Выберите другое.',
    kk: 'Дүкен атауы ережелерді бұзады немесе бөтен маркаға тиесілі. Басқасын таңдаңыз.',
    en: 'The name breaks the rules or belongs to somebody else’s brand. Please choose another.',
  },
  duplicate: {
    ru: 'У вас уже есть магазин в Leema. Войдите в него или напишите в поддержку.',
    kk: 'Сіздің Leema-да дүкеніңіз бар. Соған кіріңіз немесе қолдау қызметіне жазыңыз.',
    en: 'You already have a shop on Leema. Sign in to it, or write to support.',
  },
  not_fashion: {
    ru: 'Leema принимает магазины одежды, обуви и аксессуаров.',
    kk: 'Leema киім, аяқ киім және аксессуар дүкендерін қабылдайды.',
    en: 'Leema takes shops that sell clothing, shoes and accessories.',
  },
}

export function readyReason(reason: ReadyReason, language: Language): string {
  return SENTENCES[reason][language]
}

/** Adds the sentence on a line of its own. */
export function addReason(typed: string, reason: ReadyReason, language: Language): string {
  const sentence = SENTENCES[reason][language]
  if (typed.includes(sentence)) return typed
  return (typed.trim() === '' ? sentence : `${typed.trimEnd()}\n${sentence}`).slice(0, REASON_MAX)
}
