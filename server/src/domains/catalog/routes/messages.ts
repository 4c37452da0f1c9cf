import type { FastifyRequest } from 'fastify'
import { localeOf } from '#infra/http.ts'
import type { LocalizedText } from '#kernel/locale.ts'

const MESSAGES = {
  product_deleted: { ru: 'Карточка удалена', kk: 'Карточка жойылды', en: 'The card has been deleted' },
} as const satisfies Record<string, LocalizedText>

export function localeMessage(request: FastifyRequest, name: keyof typeof MESSAGES): { message: string } {
  return { message: MESSAGES[name][localeOf(request)] }
}
