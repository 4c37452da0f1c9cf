import type { AuditRow } from './queries.ts'

const COLUMNS = [
  'id',
  'created_at',
  'user_id',
  'shop_id',
  'actor_name',
  'action',
  'entity_type',
  'entity_id',
  'entity_name',
  'old_values',
  'new_values',
  'ip_address',
  'user_agent',
  'request_id',
] as const

/** RFC 4180 with a mark of UTF-8, so that spreadsheets read Cyrillic. */
export function csvOf(rows: readonly AuditRow[]): string {
  const lines = rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(','))
  return `\uFEFF${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`
}

/**
 * Names and programs are written by strangers: what a spreadsheet would take for a formula gets an apostrophe before
 * it, and everything is quoted.
 */
function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const isFormula = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) || /^[\t\r\n]/.test(text)
  return `"${(isFormula ? `'${text}` : text).replaceAll('"', '""')}"`
}

/** Hands the file to the browser; nothing leaves it. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
