import type { InjectOptions } from 'fastify'
import { listeners } from '#app/work.ts'
import { eraseProfile, sweep } from '#domains/compliance/public.ts'
import { deliverBatch } from '#infra/outbox.ts'
import type { TestApp } from '#test/app.ts'

type Caller = { auth: { authorization: string } }

/** What the tests of ended profiles share: calls, deliveries, and the jobs that the queue would start. */
export function createCloser(app: TestApp) {
  const call = async (method: InjectOptions['method'], path: string, caller?: Caller, payload?: object) => {
    const response = await app.http.inject({
      method: method ?? 'GET',
      url: `/api/v1${path}`,
      headers: { ...caller?.auth },
      ...(payload ? { payload } : {}),
    })
    const is_json = String(response.headers['content-type'] ?? '').includes('json')
    return { status: response.statusCode, body: is_json ? response.json() : {} }
  }
  const openErasures = () =>
    app.db
      .selectFrom('compliance.erasures')
      .select('id')
      .where('finished_at', 'is', null)
      .orderBy('id')
      .execute()
  return {
    call,
    eraseMe: (caller: Caller, more: object = {}) =>
      call('DELETE', '/users/me', caller, { confirm: true, ...more }),
    /** Lets everybody hear of what happened, as the worker does. */
    deliver: async () => {
      const deps = { ...app, listeners: listeners(app), broadcast: async () => undefined }
      while ((await deliverBatch(deps)) > 0);
    },
    openErasures,
    runErasures: async () => {
      for (const { id } of await openErasures()) await eraseProfile(app.compliance, id)
    },
    sweep: () => sweep(app.compliance),
  }
}
