import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../../api/client.ts'
import { queryClient } from '../../../api/query-client.ts'

/** Before every key here: whatever changes how an account signs in makes all of them old. */
const SECURITY = 'security'

export type Passkey = Awaited<ReturnType<typeof readPasskeys>>[number]
export type Factors = NonNullable<ReturnType<typeof useFactors>['data']>
export type DeviceSession = Awaited<ReturnType<typeof readSessions>>[number]

/** Address, password and linked providers of the account behind the profiles. */
export function useAccount() {
  return useQuery({
    queryKey: [SECURITY, 'account'],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/auth/account', { signal })),
  })
}

/** What the account proves the second step with. */
export function useFactors() {
  return useQuery({
    queryKey: [SECURITY, 'factors'],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/auth/2fa', { signal })),
  })
}

/** Without it the second step would be off. */
export function isLastFactor({ totp, passkeys }: Factors): boolean {
  return passkeys + (totp ? 1 : 0) === 1
}

export function usePasskeys() {
  return useQuery({ queryKey: [SECURITY, 'passkeys'], queryFn: ({ signal }) => readPasskeys(signal) })
}

export function useSessions() {
  return useQuery({ queryKey: [SECURITY, 'sessions'], queryFn: ({ signal }) => readSessions(signal) })
}

/** Awaited by those who show the new state next. */
export async function refreshSecurity(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: [SECURITY] }),
    queryClient.invalidateQueries({ queryKey: ['me'] }),
  ])
}

function readPasskeys(signal: AbortSignal) {
  return answer(api.GET('/api/v1/auth/2fa/passkeys', { signal }))
}

function readSessions(signal: AbortSignal) {
  return answer(api.GET('/api/v1/auth/sessions', { signal }))
}
