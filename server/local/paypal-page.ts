import { localeFrom } from '../src/kernel/locale.ts'

const TEXTS = {
  ru: {
    title: 'Оплата (локальная замена PayPal)',
    about: 'Это программа на вашей машине: настоящие деньги не списываются.',
    pay: 'Оплатить',
    cancel: 'Отменить',
  },
  kk: {
    title: 'Төлем (PayPal-дың жергілікті орнына)',
    about: 'Бұл сіздің машинаңыздағы бағдарлама: нақты ақша алынбайды.',
    pay: 'Төлеу',
    cancel: 'Бас тарту',
  },
  en: {
    title: 'Payment (local stand-in for PayPal)',
    about: 'This is a program on your machine: no real money is taken.',
    pay: 'Pay',
    cancel: 'Cancel',
  },
} as const

/** What the payer sees. The values come from our own orders: digits, a currency code and an id. */
export function approvalPage(
  order: { id: string; value: string; currency: string },
  accept_language: string | undefined,
): string {
  const locale = localeFrom(accept_language)
  const text = TEXTS[locale]
  const button = (answer: string, label: string) =>
    `<form method="post" action="/checkoutnow?token=${order.id}&amp;answer=${answer}"><button>${label}</button></form>`
  const style =
    'body{font-family:system-ui;max-width:420px;margin:12vh auto;padding:0 24px;line-height:1.5}button{font:inherit;width:100%;padding:14px;margin:8px 0;border-radius:12px;border:1px solid #888;background:#fff;color:#111;cursor:pointer}form:first-of-type button{background:#0b3d91;color:#fff;border:0}'
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${text.title}</title><style>${style}</style></head><body><h1>${text.title}</h1><p>${text.about}</p><p style="font-size:2rem">${order.value} ${order.currency}</p>${button('pay', text.pay)}${button('cancel', text.cancel)}</body></html>`
}
