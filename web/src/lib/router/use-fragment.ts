import { useState } from 'react'
import { useLocation } from 'react-router'

/**
 * A secret from the fragment of the address (`#token=…`): fragments reach no server, log or `Referer`. It is kept
 * while the page stays, also after the address was cleaned.
 */
export function useFragment(name: string): string | null {
  const { hash } = useLocation()
  const [value] = useState(() => new URLSearchParams(hash.slice(1)).get(name))
  return value
}
