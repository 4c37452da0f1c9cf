import { Link, type LinkProps } from 'react-router'
import { ButtonFace, type ButtonLook, buttonClass } from '../../ui/button.tsx'
import { classNames } from '../class-names.ts'

/** A link within the site that looks like a button. */
export function LinkButton({ kind, size, icon, wide, className, children, ...rest }: ButtonLook & LinkProps) {
  return (
    <Link {...rest} className={classNames(buttonClass({ kind, size, wide }), className)}>
      <ButtonFace icon={icon}>{children}</ButtonFace>
    </Link>
  )
}
