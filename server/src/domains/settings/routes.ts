import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callOf, localeOf, userOf } from '#infra/http.ts'
import { Message, PageQuery } from '#infra/schemas.ts'
import type { LocalizedText } from '#kernel/locale.ts'
import { pageEnvelope } from '#kernel/page.ts'
import { browseSettings, browseVersions } from './browse-settings.ts'
import { changeSetting } from './change-setting.ts'
import type { SettingsDeps } from './deps.ts'
import { readPublicSettings } from './read-public-settings.ts'
import {
  ChangeBody,
  KeyParams,
  PublicSettings,
  SettingResponse,
  settingToWire,
  VersionList,
  versionToWire,
  Waiting,
} from './schemas.ts'

const admin = { access: 'admin', limit: 'standard' } as const

export function settingsRoutes(deps: SettingsDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/settings/public',
      {
        schema: { tags: ['settings'], response: { 200: PublicSettings } },
        config: { access: 'guest', limit: 'read' },
      },
      async (_request, reply) => {
        reply.header('cache-control', 'public, max-age=60')
        return readPublicSettings(deps)
      },
    )
    await http.register(adminRoutes(deps))
  }
}

function adminRoutes(deps: SettingsDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/admin/settings',
      {
        config: admin,
        schema: {
          tags: ['admin'],
          summary: 'Every platform setting with its type, range and default',
          response: { 200: Type.Array(SettingResponse) },
        },
      },
      async (request) => (await browseSettings(deps, userOf(request))).map(settingToWire),
    )
    http.put(
      '/admin/settings/:key',
      {
        config: admin,
        schema: {
          tags: ['admin'],
          summary: 'Change a setting; 202 where it waits for a second admin',
          params: KeyParams,
          body: ChangeBody,
          response: { 200: Message, 202: Waiting },
        },
      },
      async (request, reply) => {
        const { key } = request.params
        const input = { key, body: request.body, call: callOf(request) }
        const outcome = await changeSetting(deps, userOf(request), input)
        const message = MESSAGES[outcome.state][localeOf(request)]
        if (outcome.state !== 'waiting') return { message }
        return reply.code(202).send({ message, approval_id: outcome.approval_id })
      },
    )
    http.get(
      '/admin/settings/:key/history',
      {
        config: admin,
        schema: {
          tags: ['admin'],
          summary: 'What a setting was and who changed it, newest first',
          params: KeyParams,
          querystring: PageQuery,
          response: { 200: VersionList },
        },
      },
      async (request) => {
        const asked = { ...request.params, ...request.query }
        const { items, total } = await browseVersions(deps, userOf(request), asked)
        return { items: items.map(versionToWire), ...pageEnvelope(total, request.query) }
      },
    )
  }
}

const MESSAGES: Record<'changed' | 'unchanged' | 'waiting', LocalizedText> = {
  changed: { ru: 'Настройка изменена', kk: 'Баптау өзгертілді', en: 'The setting has been changed' },
  unchanged: {
    ru: 'Настройка уже имеет это значение',
    kk: 'Баптаудың мәні онсыз да осындай',
    en: 'The setting already has this value',
  },
  waiting: {
    ru: 'Запрос создан: изменение вступит в силу, когда его одобрит другой администратор',
    kk: 'Сұрау жасалды: өзгеріс басқа әкімші мақұлдағанда күшіне енеді',
    en: 'Asked for: the change takes effect when another administrator approves it',
  },
}
