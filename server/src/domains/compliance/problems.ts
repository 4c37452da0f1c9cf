import { Problem } from '#kernel/problem.ts'

export function exportedToday(retry_after_s: number): Problem {
  return new Problem({
    status: 429,
    code: 'rate_limited',
    title: 'One copy of the data a day',
    detail: {
      ru: 'Копию данных можно запросить раз в сутки. Проверьте почту: письмо уже отправлено или скоро придёт',
      kk: 'Деректер көшірмесін тәулігіне бір рет сұрауға болады. Поштаңызды тексеріңіз: хат жіберілді немесе жақында келеді',
      en: 'A copy of your data can be asked for once a day. Please check your mail: it is there or on its way',
    },
    retry_after_s,
  })
}
