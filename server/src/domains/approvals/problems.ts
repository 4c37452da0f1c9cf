import type { LocalizedText } from '#kernel/locale.ts'
import { invalidState, Problem } from '#kernel/problem.ts'
import type { ApprovalState } from './model.ts'

/** 409: who asked is not the one who decides (readiness row Z-06). */
export function ownRequest(): Problem {
  return new Problem({
    status: 409,
    code: 'own_request',
    title: 'Another admin has to decide',
    detail: {
      ru: 'Это ваш собственный запрос: решить по нему должен другой администратор',
      kk: 'Бұл сіздің өз сұрауыңыз: ол бойынша басқа әкімші шешім қабылдауы керек',
      en: 'This is your own request: another administrator has to decide on it',
    },
  })
}

/** 403: only the person who asked takes a request back. */
export function notOwnRequest(): Problem {
  return new Problem({
    status: 403,
    code: 'not_owner',
    title: 'Asked for by somebody else',
    detail: {
      ru: 'Отозвать запрос может только тот, кто его создал. Вы можете его отклонить',
      kk: 'Сұрауды оны жасаған адам ғана қайтарып ала алады. Сіз оны қабылдамай тастай аласыз',
      en: 'Only the person who asked can withdraw the request. You can reject it',
    },
  })
}

/** 409 with the request that waits for the same thing already. */
export function alreadyWaiting(approval_id: number | null): Problem {
  return new Problem({
    status: 409,
    code: 'already_exists',
    title: 'A request for this is waiting',
    detail: {
      ru: 'Такой запрос уже ждёт решения: сначала одобрите, отклоните или отзовите его',
      kk: 'Бұл өзгеріске сұрау бар: алдымен оны мақұлдаңыз, қабылдамаңыз немесе қайтарып алыңыз',
      en: 'A request for this is already waiting: approve, reject or withdraw it first',
    },
    extra: { approval_id },
  })
}

export function notWaiting(state: ApprovalState): Problem {
  return invalidState(OVER[state], { state })
}

/** The second person agrees with somebody who may not ask for it any more: then one person would be left. */
export function askerIsNoAdmin(): Problem {
  return invalidState({
    ru: 'Тот, кто создал запрос, больше не администратор. Отклоните запрос или создайте новый от своего имени',
    kk: 'Сұрауды жасаған адам енді әкімші емес. Сұрауды қабылдамаңыз немесе өз атыңыздан жаңасын жасаңыз',
    en: 'Whoever asked is no administrator any more. Reject the request, or ask for it yourself',
  })
}

const DECIDED: LocalizedText = {
  ru: 'По запросу уже принято решение',
  kk: 'Сұрау бойынша шешім қабылданған',
  en: 'The request has already been decided',
}
const OVER: Record<ApprovalState, LocalizedText> = {
  waiting: DECIDED,
  approved: DECIDED,
  rejected: DECIDED,
  withdrawn: {
    ru: 'Запрос отозван',
    kk: 'Сұрау қайтарып алынған',
    en: 'The request has been withdrawn',
  },
  expired: {
    ru: 'Срок запроса истёк: создайте новый',
    kk: 'Сұраудың мерзімі өтті: жаңасын жасаңыз',
    en: 'The request has expired: please make a new one',
  },
}
