import type { Shop } from '../../api/types.ts'
import { isPhone } from './phone.ts'
import type { ShopChanges } from './requests.ts'

export type ProfileDraft = {
  shop_name: string
  owner_name: string
  description: string
  phone: string
  whatsapp_number: string
  address: string
}
export type ProfileFault = 'required' | 'phone'

export function profileDraftOf(shop: Shop): ProfileDraft {
  return {
    shop_name: shop.shop_name,
    owner_name: shop.owner_name,
    description: shop.description ?? '',
    phone: shop.phone ?? '',
    whatsapp_number: shop.whatsapp_number ?? '',
    address: shop.address ?? '',
  }
}

export function faultsOf(draft: ProfileDraft): Partial<Record<keyof ProfileDraft, ProfileFault>> {
  return {
    ...(draft.shop_name.trim() === '' ? { shop_name: 'required' } : {}),
    ...(draft.owner_name.trim() === '' ? { owner_name: 'required' } : {}),
    ...(isPhone(draft.phone) ? {} : { phone: 'phone' }),
    ...(isPhone(draft.whatsapp_number) ? {} : { whatsapp_number: 'phone' }),
  }
}

/** What differs from the shop; an emptied field becomes null. */
export function changesOf(shop: Shop, draft: ProfileDraft): ShopChanges {
  const typed: Record<keyof ProfileDraft, string | null> = {
    shop_name: draft.shop_name.trim(),
    owner_name: draft.owner_name.trim(),
    description: textOrNull(draft.description),
    phone: textOrNull(draft.phone),
    whatsapp_number: textOrNull(draft.whatsapp_number),
    address: textOrNull(draft.address),
  }
  const names = Object.keys(profileDraftOf(shop)).filter(isField)
  return Object.fromEntries(
    names.filter((name) => typed[name] !== shop[name]).map((name) => [name, typed[name]]),
  )
}

function textOrNull(typed: string): string | null {
  const text = typed.trim()
  return text === '' ? null : text
}

function isField(name: string): name is keyof ProfileDraft {
  return ['shop_name', 'owner_name', 'description', 'phone', 'whatsapp_number', 'address'].includes(name)
}
