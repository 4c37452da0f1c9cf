import type { ComponentProps, ReactNode } from 'react'
import { classNames } from '../lib/class-names.ts'
import styles from './button.module.css'
import { Icon, type IconName } from './icon.tsx'

export type ButtonLook = {
  /** One `primary` per view: the next step. */
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger'
  size?: 'normal' | 'large' | 'small'
  icon?: IconName
  wide?: boolean
}

type ButtonProps = ButtonLook & {
  /** Shows that work is under way and keeps further presses away without losing focus. */
  busy?: boolean
} & ComponentProps<'button'>

export function Button({
  kind,
  size,
  icon,
  wide,
  busy = false,
  type = 'button',
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={classNames(buttonClass({ kind, size, wide }), className)}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      <ButtonFace icon={icon} busy={busy}>
        {children}
      </ButtonFace>
    </button>
  )
}

/** The same look for an `<a>` that leaves the page, such as a download. */
export function AnchorButton({
  kind,
  size,
  icon,
  wide,
  className,
  children,
  ...rest
}: ButtonLook & ComponentProps<'a'>) {
  return (
    <a {...rest} className={classNames(buttonClass({ kind, size, wide }), className)}>
      <ButtonFace icon={icon}>{children}</ButtonFace>
    </a>
  )
}

type IconButtonProps = { icon: IconName; label: string; filled?: boolean } & Omit<
  ComponentProps<'button'>,
  'children'
>

/** A round button with only a picture; `label` is its name. */
export function IconButton({ icon, label, filled, type = 'button', className, ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      className={classNames(styles.round, className)}
    >
      <Icon name={icon} filled={filled ?? false} />
    </button>
  )
}

/** Icon or spinner before the words. */
export function ButtonFace({
  icon,
  busy = false,
  children,
}: {
  icon?: IconName | undefined
  busy?: boolean
  children: ReactNode
}) {
  return (
    <>
      {busy ? <span className={styles.spinner} aria-hidden="true" /> : icon && <Icon name={icon} size={20} />}
      {children}
    </>
  )
}

type GivenLook = { [Key in keyof ButtonLook]?: ButtonLook[Key] | undefined }

/** Class of a button, for links that look like one. */
export function buttonClass({ kind = 'secondary', size = 'normal', wide }: GivenLook): string {
  return classNames(styles.button, styles[kind], styles[size], wide === true && styles.wide)
}
