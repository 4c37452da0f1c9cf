import { hasPending, type Owner } from '#domains/wallet/public.ts'
import type { Tx } from '#infra/db.ts'
import type { LocalizedText } from '#kernel/locale.ts'

/** Why a profile cannot end now, or null: money that a provider has yet to confirm would have nowhere to go. */
export async function findPendingPayment(
  tx: Tx,
  owner: Owner,
): Promise<{ reason: 'pending_payments'; detail: LocalizedText } | null> {
  return (await hasPending(tx, owner)) ? { reason: 'pending_payments', detail: PENDING } : null
}

const PENDING: LocalizedText = {
  ru: 'Сначала завершите начатое пополнение или подождите: незавершённое закроется само в течение нескольких часов',
  kk: 'Алдымен басталған толтыруды аяқтаңыз немесе күтіңіз: аяқталмағаны бірнеше сағатта өзі жабылады',
  en: 'Please finish the top-up that you started, or wait: an unfinished one closes by itself within hours',
}
