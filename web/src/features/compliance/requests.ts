import { answer, api } from '../../api/client.ts'

/** The link comes by mail. */
export async function askForExport(): Promise<void> {
  await answer(api.GET('/api/v1/users/me/export'))
}

/** For ever. A balance above zero is refused unless it is given up. */
export async function eraseMe(forfeit_balance: boolean): Promise<void> {
  await answer(api.DELETE('/api/v1/users/me', { body: { confirm: true, forfeit_balance } }))
}

export async function deleteMyShop(): Promise<void> {
  await answer(api.DELETE('/api/v1/shops/me', { body: {} }))
}

export async function withdrawConsent(consent: { document: string; version: string }): Promise<void> {
  const { document, version } = consent
  await answer(api.PUT('/api/v1/users/me/consents', { body: { document, version, accepted: false } }))
}
