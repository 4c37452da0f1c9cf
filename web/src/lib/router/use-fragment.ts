import { useEffect, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'

/**
 * A secret from the fragment of the address (`#token=…`). Fragments reach no server, log or `Referer`; here it is also
 * taken out of the address, so that it stays neither in the history nor in a screenshot.
 */
export function useFragment(name: string): string | null {
  const { hash, pathname, search } = useLocation()
  const navigate = useNavigate()
  const [value] = useState(() => new URLSearchParams(hash.slice(1)).get(name))
  useEffect(() => {
    if (hash !== '') void navigate(pathname + search, { replace: true })
  }, [hash, pathname, search, navigate])
  return value
}
