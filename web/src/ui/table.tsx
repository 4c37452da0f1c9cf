import type { ReactNode } from 'react'
import styles from './table.module.css'

type TableProps = { label: string; columns: readonly string[]; children: ReactNode }

/** A table for wide screens; narrow ones show the same rows as cards. The first cell of a row is its heading. */
export function Table({ label, columns, children }: TableProps) {
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}
