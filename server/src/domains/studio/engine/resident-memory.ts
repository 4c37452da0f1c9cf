import { readFileSync } from 'node:fs'

const pageBytes = 4096

/** Resident memory of a process; null where there is no /proc (then only the child's own reports are used). */
export function residentBytes(pid: number): number | null {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
    return Number.isFinite(pages) ? pages * pageBytes : null
  } catch {
    return null
  }
}
