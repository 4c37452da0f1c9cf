import { type ComponentProps, type ReactNode, useId } from 'react'
import { classNames } from '../lib/class-names.ts'
import styles from './field.module.css'
import { Icon } from './icon.tsx'
import { VisuallyHidden } from './visually-hidden.tsx'

type Frame = { label: string; hint?: ReactNode; error?: string | undefined; optional?: string }

type TextFieldProps = Frame & { trailing?: ReactNode } & Omit<ComponentProps<'input'>, 'id'>

/** Label above, input, then hint or error; the three are tied together for screen readers. */
export function TextField({ label, hint, error, optional, trailing, className, ...input }: TextFieldProps) {
  const id = useId()
  return (
    <FieldFrame
      id={id}
      label={label}
      hint={hint}
      error={error}
      {...(optional === undefined ? {} : { optional })}
    >
      <span className={styles.box}>
        <input
          {...input}
          {...ties(id, hint, error)}
          className={classNames(styles.input, trailing !== undefined && styles.withTrailing, className)}
        />
        {trailing}
      </span>
    </FieldFrame>
  )
}

type TextAreaProps = Frame & Omit<ComponentProps<'textarea'>, 'id'>

export function TextArea({ label, hint, error, optional, className, ...area }: TextAreaProps) {
  const id = useId()
  return (
    <FieldFrame
      id={id}
      label={label}
      hint={hint}
      error={error}
      {...(optional === undefined ? {} : { optional })}
    >
      <textarea
        {...area}
        {...ties(id, hint, error)}
        className={classNames(styles.input, styles.area, className)}
      />
    </FieldFrame>
  )
}

type SelectFieldProps = Frame & {
  options: ReadonlyArray<{ value: string; label: string }>
  /** In a line of tools: small, label beside it. */
  compact?: boolean
  /** The label is for listeners when the choice explains itself to the eye. */
  hideLabel?: boolean
} & Omit<ComponentProps<'select'>, 'id'>

/** The browser's own select: on a phone nothing is easier to use. */
export function SelectField({
  label,
  hint,
  error,
  optional,
  options,
  compact = false,
  hideLabel = false,
  className,
  ...select
}: SelectFieldProps) {
  const id = useId()
  return (
    <FieldFrame
      id={id}
      label={label}
      hint={hint}
      error={error}
      compact={compact}
      hideLabel={hideLabel}
      {...(optional === undefined ? {} : { optional })}
    >
      <span className={styles.box}>
        <select
          {...select}
          {...ties(id, hint, error)}
          className={classNames(styles.input, styles.select, compact && styles.compactInput, className)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <span className={styles.arrow}>
          <Icon name="down" size={16} />
        </span>
      </span>
    </FieldFrame>
  )
}

type FieldFrameProps = Frame & { id: string; compact?: boolean; hideLabel?: boolean; children: ReactNode }

function FieldFrame({
  id,
  label,
  hint,
  error,
  optional,
  compact = false,
  hideLabel = false,
  children,
}: FieldFrameProps) {
  return (
    <div className={classNames(styles.field, compact && styles.compact)}>
      <label className={styles.label} htmlFor={id}>
        {hideLabel ? <VisuallyHidden>{label}</VisuallyHidden> : label}
        {optional !== undefined && <span className={styles.optional}>{optional}</span>}
      </label>
      {children}
      {error !== undefined && (
        <p className={styles.error} id={`${id}-error`}>
          <Icon name="warning" size={16} />
          {error}
        </p>
      )}
      {hint !== undefined && (
        <div className={styles.hint} id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  )
}

function ties(id: string, hint: ReactNode, error: string | undefined) {
  const described = [error !== undefined && `${id}-error`, hint !== undefined && `${id}-hint`]
    .filter(Boolean)
    .join(' ')
  return { id, 'aria-invalid': error !== undefined, 'aria-describedby': described || undefined }
}
