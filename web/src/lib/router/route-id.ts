import { useParams } from 'react-router'

/** A numeric id from the address; null when it is not one, which is a page that does not exist. */
export function useRouteId(name: string): number | null {
  const value = Number(useParams()[name])
  return Number.isSafeInteger(value) && value > 0 ? value : null
}
