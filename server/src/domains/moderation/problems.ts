import { type Cents, centsToText, centsToWire } from '#kernel/money.ts'
import { invalidState, Problem } from '#kernel/problem.ts'

/** 409 for the admin, with the figures of the shop's wallet (DEC-08). */
export function shopInsufficientBalance(available: Cents, required: Cents): Problem {
  const [have, need] = [centsToText(available), centsToText(required)]
  return new Problem({
    status: 409,
    code: 'shop_insufficient_balance',
    title: "The shop's wallet does not cover the approval fee",
    detail: {
      ru: `У магазина недостаточно средств на одобрение: нужно ${need}, есть ${have}`,
      kk: `Дүкенде мақұлдауға қаражат жеткіліксіз: ${need} керек, ${have} бар`,
      en: `The shop cannot pay the approval fee: ${need} needed, ${have} available`,
    },
    extra: {
      current_balance: centsToWire(available),
      required_amount: centsToWire(required),
      shortfall: centsToWire(required - available),
    },
  })
}

export function alreadyApproved(): Problem {
  return invalidState({
    ru: 'Карточка уже одобрена',
    kk: 'Карточка бұрын мақұлданған',
    en: 'The card has already been approved',
  })
}

export function alreadyRejected(): Problem {
  return invalidState({
    ru: 'Карточка уже отклонена',
    kk: 'Карточка бұрын қабылданбаған',
    en: 'The card has already been rejected',
  })
}
