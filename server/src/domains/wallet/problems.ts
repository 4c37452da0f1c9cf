import { type Cents, centsToText, centsToWire } from '#kernel/money.ts'
import { invalidState, Problem } from '#kernel/problem.ts'

/** 402 for the payer, with the three figures of contract 0.5. */
export function insufficientBalance(available: Cents, required: Cents): Problem {
  const [have, need] = [centsToText(available), centsToText(required)]
  return new Problem({
    status: 402,
    code: 'insufficient_balance',
    title: 'Not enough money in the wallet',
    detail: {
      ru: `Недостаточно средств: нужно ${need}, есть ${have}`,
      kk: `Қаражат жеткіліксіз: ${need} керек, ${have} бар`,
      en: `Not enough money: ${need} needed, ${have} available`,
    },
    extra: {
      current_balance: centsToWire(available),
      required_amount: centsToWire(required),
      shortfall: centsToWire(required - available),
    },
  })
}

export function walletClosed(): Problem {
  return invalidState({
    ru: 'Кошелёк закрыт',
    kk: 'Әмиян жабылған',
    en: 'The wallet is closed',
  })
}
