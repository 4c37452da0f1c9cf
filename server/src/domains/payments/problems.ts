import { invalidState, Problem, validationFailed } from '#kernel/problem.ts'

export function wrongPaymentType(): Problem {
  return new Problem({
    status: 400,
    code: 'invalid_payment_type',
    title: 'Wrong payment type',
    detail: { ru: 'Неверный вид платежа', kk: 'Төлем түрі дұрыс емес', en: 'Wrong payment type' },
  })
}

export function badAmount(min: string, max: string): Problem {
  return validationFailed([
    {
      field: 'amount',
      code: 'out_of_range',
      message: {
        ru: `Сумма от ${min} до ${max}, не больше двух знаков после запятой`,
        kk: `Сома ${min}-ден ${max}-ге дейін, үтірден кейін екі таңбадан аспайды`,
        en: `An amount from ${min} to ${max} with at most two decimals`,
      },
    },
  ])
}

export function adminTopUpOnWeb(): Problem {
  return new Problem({
    status: 403,
    code: 'admin_topup_on_web',
    title: 'Admins do not top up on the web',
    detail: {
      ru: 'Администратор не может пополнять баланс в веб-версии',
      kk: 'Әкімші веб-нұсқада теңгерімін толтыра алмайды',
      en: 'An administrator cannot top up on the web',
    },
  })
}

export function providerError(): Problem {
  return new Problem({
    status: 503,
    code: 'payment_provider_error',
    title: 'The payment provider does not answer',
    detail: {
      ru: 'Платёжная система не отвечает. Деньги не списаны, попробуйте позже',
      kk: 'Төлем жүйесі жауап бермейді. Ақша алынған жоқ, кейінірек көріңіз',
      en: 'The payment provider does not answer. No money was taken, please try later',
    },
    retry_after_s: 30,
  })
}

/** Nobody can say now whether the money was taken: it must not be paid again. */
export function paymentInDoubt(): Problem {
  return new Problem({
    status: 503,
    code: 'payment_provider_error',
    title: 'The payment is being checked',
    detail: {
      ru: 'Платёж проверяется. Не платите ещё раз: деньги поступят на баланс, как только PayPal ответит',
      kk: 'Төлем тексерілуде. Қайта төлемеңіз: PayPal жауап бергенде ақша теңгерімге түседі',
      en: 'The payment is being checked. Do not pay again: the money arrives as soon as PayPal answers',
    },
    retry_after_s: 60,
  })
}

export function paymentsOff(): Problem {
  return new Problem({
    status: 503,
    code: 'unavailable',
    title: 'Payments are switched off',
    detail: {
      ru: 'Платежи временно отключены',
      kk: 'Төлемдер уақытша өшірілген',
      en: 'Payments are switched off for now',
    },
  })
}

export function paymentDeclined(): Problem {
  return new Problem({
    status: 402,
    code: 'payment_declined',
    title: 'Payment declined',
    detail: { ru: 'Платёж отклонён', kk: 'Төлем қабылданбады', en: 'The payment was declined' },
  })
}

export function notApprovedYet(): Problem {
  return invalidState({
    ru: 'Платёж ещё не подтверждён в PayPal',
    kk: 'Төлем PayPal-да әлі расталған жоқ',
    en: 'The payment has not been approved at PayPal yet',
  })
}

export function badSignature(): Problem {
  return new Problem({
    status: 400,
    code: 'bad_request',
    title: 'Bad signature',
    detail: {
      ru: 'Подпись не подтверждена',
      kk: 'Қолтаңба расталмады',
      en: 'The signature could not be verified',
    },
  })
}
