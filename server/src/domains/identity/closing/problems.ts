import { type Cents, centsToText, centsToWire } from '#kernel/money.ts'
import { invalidState, type Problem } from '#kernel/problem.ts'
import type { Obstacle } from './hooks.ts'

/** 409 with the reason as a member, so that a page can offer what helps. */
export function cannotClose({ reason, detail, extra }: Obstacle): Problem {
  return invalidState(detail, { reason, ...extra })
}

export function adminStays(): Problem {
  return cannotClose({
    reason: 'is_admin',
    detail: {
      ru: 'Администратора нельзя удалить: сначала другой администратор должен снять эту роль',
      kk: 'Әкімшіні жоюға болмайды: алдымен басқа әкімші бұл рөлді алып тастауы керек',
      en: 'An administrator cannot be deleted: another one has to take the role away first',
    },
  })
}

/** Carries the balance: a user may give it up, a shop's is settled by the platform. */
export function balanceLeft(left: Cents, profile: 'user' | 'shop'): Problem {
  const amount = centsToText(left)
  const user = {
    ru: `На балансе осталось ${amount}. Потратьте эти деньги или откажитесь от них`,
    kk: `Теңгерімде ${amount} қалды. Бұл ақшаны жұмсаңыз немесе одан бас тартыңыз`,
    en: `There is ${amount} left on the balance. Spend it or give it up`,
  }
  const shop = {
    ru: `Баланс магазина ${amount}. Перед удалением он должен быть нулевым: напишите в поддержку`,
    kk: `Дүкен теңгерімі ${amount}. Жою алдында ол нөл болуы керек: қолдау қызметіне жазыңыз`,
    en: `The shop's balance is ${amount}. It has to be zero before the shop is deleted: please contact support`,
  }
  return cannotClose({
    reason: 'balance_left',
    detail: profile === 'user' ? user : shop,
    extra: { balance: centsToWire(left) },
  })
}
