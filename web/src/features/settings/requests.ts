import { answer, api } from '../../api/client.ts'

type Change = { key: string; value: string; reason: string; expected_version: number }

/** True when the change is made, false when it waits for a second admin. */
export async function changeSetting({ reason, ...change }: Change): Promise<boolean> {
  const done = await answer(
    api.PUT('/api/v1/admin/settings/{key}', {
      params: { path: { key: change.key } },
      body: { ...change, ...(reason === '' ? {} : { reason }) },
    }),
  )
  return !('approval_id' in done)
}
