import type { ReactNode } from 'react'
import { NavLink } from 'react-router'

type MenuLinkProps = {
  to: string
  end?: boolean | undefined
  className?: string | undefined
  children: ReactNode
}

/** A link of a menu: carries `aria-current="page"` on its own page, which is also what styles use. */
export function MenuLink({ to, end = false, className = '', children }: MenuLinkProps) {
  return (
    <NavLink to={to} end={end} className={className}>
      {children}
    </NavLink>
  )
}
