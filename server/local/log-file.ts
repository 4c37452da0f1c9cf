import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  renameSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'

export type LogFile = { write: (text: string) => void; close: () => void }

const BYTES_MAX = 5 * 1024 * 1024
const OLD_FILES_MAX = 3

/** Opens a log for appending. Past 5 MB it becomes `….1`, `….2`, `….3`; what is older goes. */
export function openLogFile(file: string): LogFile {
  let handle = openSync(file, 'a', 0o600)
  let size = statSync(file).size
  return {
    write: (text) => {
      size += writeSync(handle, text)
      if (size < BYTES_MAX) return
      closeSync(handle)
      shiftOldFiles(file)
      renameSync(file, `${file}.1`)
      handle = openSync(file, 'a', 0o600)
      size = 0
    },
    close: () => closeSync(handle),
  }
}

/** The same for a log that another program holds open for appending: its text is moved out from under it. */
export function rotateHeldLog(file: string): void {
  if (!existsSync(file) || statSync(file).size < BYTES_MAX) return
  shiftOldFiles(file)
  copyFileSync(file, `${file}.1`)
  truncateSync(file)
}

function shiftOldFiles(file: string): void {
  for (let number = OLD_FILES_MAX - 1; number >= 1; number--) {
    if (existsSync(`${file}.${number}`)) renameSync(`${file}.${number}`, `${file}.${number + 1}`)
  }
}
