import { classNames } from '../../lib/class-names.ts'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { diffOf, type FieldChange, type Values } from './diff.ts'
import { useAuditTexts } from './texts.ts'
import styles from './value-diff.module.css'
import { useValueWords } from './words.ts'

type ValueDiffProps = { old_values: Values; new_values: Values }

/** Values before and after, field by field; what changed stands out. */
export function ValueDiff({ old_values, new_values }: ValueDiffProps) {
  const texts = useAuditTexts()
  const changes = diffOf(old_values, new_values)
  if (changes.length === 0) return <p className={styles.none}>{texts.no_changes}</p>
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{texts.changes}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.field}</th>
          <th scope="col">{texts.before}</th>
          <th scope="col">{texts.after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <Line key={change.field} change={change} />
        ))}
      </tbody>
    </table>
  )
}

function Line({ change: { field, before, after, isChanged } }: { change: FieldChange }) {
  const texts = useAuditTexts()
  const words = useValueWords()
  return (
    <tr className={isChanged ? styles.changed : undefined}>
      <th scope="row">
        {texts.fields[field] ?? field}
        {isChanged && <VisuallyHidden>{` (${texts.changed})`}</VisuallyHidden>}
        {texts.fields[field] !== undefined && <code className={styles.code}>{field}</code>}
      </th>
      <td className={classNames(styles.value, styles.before)}>{words(field, before) ?? <None />}</td>
      <td className={classNames(styles.value, styles.after)}>{words(field, after) ?? <None />}</td>
    </tr>
  )
}

function None() {
  const texts = useAuditTexts()
  return <span className={styles.missing}>{texts.no_value}</span>
}
