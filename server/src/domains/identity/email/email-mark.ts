import { mac } from '#infra/crypto-box.ts'
import type { IdentityDeps } from '../deps.ts'

/**
 * What the audit trail keeps of an address: the same address has the same mark, and nobody can read it out of it. The
 * trail outlives the account, the address must not.
 */
export function emailMark(deps: Pick<IdentityDeps, 'config'>, email: string): string {
  return mac(deps.config.data_encryption_key, `audit-email:${email}`).slice(0, 16)
}
