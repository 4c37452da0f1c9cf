import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { callOf, localeOf, userOf } from '#infra/http.ts'
import { IdParams, Message } from '#infra/schemas.ts'
import type { LocalizedText } from '#kernel/locale.ts'
import { pageEnvelope } from '#kernel/page.ts'
import { approveChange } from './approve-change.ts'
import { browseApprovals } from './browse-approvals.ts'
import type { ApprovalsDeps } from './deps.ts'
import { ApprovalList, ApprovalQuery, RejectBody, toWire } from './schemas.ts'
import { turnDownChange } from './turn-down-change.ts'

const admin = { access: 'admin', limit: 'standard' } as const
const tags = ['admin']
const params = IdParams('approval_id')

/** Changes that wait for a second admin. */
export function approvalRoutes(deps: ApprovalsDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/admin/approvals',
      {
        config: admin,
        schema: {
          tags,
          summary: 'Changes that one admin asked for and another decides, newest first',
          querystring: ApprovalQuery,
          response: { 200: ApprovalList },
        },
      },
      async (request) => {
        const actor = userOf(request)
        const { items, total, waiting_count } = await browseApprovals(deps, actor, request.query)
        return {
          items: items.map((row) => toWire(row, actor)),
          ...pageEnvelope(total, request.query),
          waiting_count,
          two_person_rule: deps.two_person_rule,
        }
      },
    )
    await http.register(decisionRoutes(deps))
  }
}

function decisionRoutes(deps: ApprovalsDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    const decision = (summary: string) => ({ tags, summary, params, response: { 200: Message } })
    http.post(
      '/admin/approvals/:approval_id/approve',
      { config: admin, schema: decision('Agree as the second person; the change is made at once') },
      async (request) => {
        const { approval_id } = request.params
        await approveChange(deps, userOf(request), { approval_id, call: callOf(request) })
        return { message: APPROVED[localeOf(request)] }
      },
    )
    http.post(
      '/admin/approvals/:approval_id/reject',
      { config: admin, schema: { ...decision('Refuse as the second person'), body: RejectBody } },
      async (request) => {
        const { approval_id } = request.params
        const note = request.body.reason.trim()
        const call = callOf(request)
        await turnDownChange(deps, userOf(request), { move: 'reject', approval_id, note, call })
        return { message: REJECTED[localeOf(request)] }
      },
    )
    http.post(
      '/admin/approvals/:approval_id/withdraw',
      { config: admin, schema: decision('Take the own request back') },
      async (request) => {
        const { approval_id } = request.params
        const call = callOf(request)
        await turnDownChange(deps, userOf(request), { move: 'withdraw', approval_id, note: null, call })
        return { message: WITHDRAWN[localeOf(request)] }
      },
    )
  }
}

const APPROVED: LocalizedText = {
  ru: 'Одобрено, изменение вступило в силу',
  kk: 'Мақұлданды, өзгеріс күшіне енді',
  en: 'Approved, the change has been made',
}
const REJECTED: LocalizedText = {
  ru: 'Запрос отклонён, ничего не изменилось',
  kk: 'Сұрау қабылданбады, ештеңе өзгерген жоқ',
  en: 'The request has been rejected, nothing was changed',
}
const WITHDRAWN: LocalizedText = {
  ru: 'Запрос отозван, ничего не изменилось',
  kk: 'Сұрау қайтарып алынды, ештеңе өзгерген жоқ',
  en: 'The request has been withdrawn, nothing was changed',
}
