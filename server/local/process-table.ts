import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process as it can be recognised again after a restart: a pid alone is reused by the system. */
export type ProcessMark = { pid: number; started: string }

/** True while the process runs. A zombie counts as ended: it holds no file and no port any more. */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return isErrnoError(error) && error.code === 'EPERM'
  }
  return statFields(pid)?.[0] !== 'Z'
}

/** Notes a running process; undefined when it has ended. */
export function markOf(pid: number): ProcessMark | undefined {
  const started = startOf(pid)
  return started === undefined || !isAlive(pid) ? undefined : { pid, started }
}

/** True when the very process that was noted still runs, and not a later one with the same pid. */
export function isStillRunning(mark: ProcessMark): boolean {
  return isAlive(mark.pid) && startOf(mark.pid) === mark.started
}

/** The folder a process works in; undefined when the system does not tell us. */
export function workingFolderOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

/** Command line of a process, words joined by spaces; empty when it cannot be read. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return psField(pid, 'command') ?? ''
  }
}

/** Pids of every process whose working folder is `folder`. Empty where there is no /proc. */
export function processesWorkingIn(folder: string): number[] {
  if (!existsSync('/proc/self')) return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingFolderOf(pid) === folder)
}

/** Waits until the condition holds; false when `limit_ms` passed before. */
export async function waitUntil(condition: () => boolean, limit_ms: number, step_ms = 20): Promise<boolean> {
  const deadline = performance.now() + limit_ms
  while (!condition()) {
    if (performance.now() > deadline) return false
    await sleep(step_ms)
  }
  return true
}

/** Sends a signal; false when there is no such process or it is not ours to signal. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  // 0 and below mean whole groups of processes, our own among them.
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

/** Ends a noted process: politely first, then by force. Resolves when it is gone. */
export async function endProcess(mark: ProcessMark, patience_ms: number): Promise<void> {
  if (!isStillRunning(mark)) return
  sendSignal(mark.pid, 'SIGTERM')
  if (await waitUntil(() => !isStillRunning(mark), patience_ms)) return
  sendSignal(mark.pid, 'SIGKILL')
  await waitUntil(() => !isStillRunning(mark), 2_000)
}

export function isErrnoError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error
}

function startOf(pid: number): string | undefined {
  // Field 22 of /proc/PID/stat, in clock ticks since boot; [19] because the first two fields are cut off.
  return statFields(pid)?.[19] ?? psField(pid, 'lstart')
}

/** The fields of /proc/PID/stat after the program name, which may itself hold spaces and brackets. */
function statFields(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

function psField(pid: number, field: string): string | undefined {
  if (existsSync('/proc/self')) return undefined
  const found = spawnSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8' })
  return found.status === 0 ? found.stdout.trim() : undefined
}
