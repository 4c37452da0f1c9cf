import { readFileSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  commandOf,
  isAlive,
  isErrnoError,
  processesWorkingIn,
  sendSignal,
  waitUntil,
  workingFolderOf,
} from './process-table.ts'

/** What `postmaster.pid` says; PostgreSQL writes it line by line. */
export type PostmasterFile = { pid: number; port: number; status: string }

/** Reads `postmaster.pid`; undefined when there is none. */
export function readPostmasterFile(folder: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? '' }
  } catch (error) {
    if (isErrnoError(error) && error.code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Stops a database that an earlier start left behind on this folder, and clears a lock file that would only mislead.
 * Every signal goes to a process that was seen to work in this very folder.
 */
export async function clearLeftover(folder: string): Promise<{ stopped_pid?: number }> {
  const real_folder = realpathSync(folder)
  const left = readPostmasterFile(folder)
  const is_running = left !== undefined && isPostmasterOf(left.pid, real_folder)
  if (is_running) await stopPostmaster(left.pid)
  await waitForBackends(real_folder)
  // PostgreSQL trusts any process that has this pid, be it a later innocent one or a zombie that nobody collects.
  if (left) rmSync(join(folder, 'postmaster.pid'), { force: true })
  return is_running ? { stopped_pid: left.pid } : {}
}

/** Fast shutdown first (open transactions are rolled back), then immediate, then by force; the log recovers the last two. */
export async function stopPostmaster(
  pid: number,
  {
    patience_ms = 2_500,
    isGone = () => !isAlive(pid),
  }: { patience_ms?: number; isGone?: () => boolean } = {},
): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', patience_ms],
    ['SIGQUIT', patience_ms / 4],
    ['SIGKILL', 1_000],
  ]
  for (const [signal, wait_ms] of steps) {
    sendSignal(pid, signal)
    if (await waitUntil(isGone, wait_ms, 5)) return
  }
}

function isPostmasterOf(pid: number, real_folder: string): boolean {
  if (!isAlive(pid)) return false
  const command = commandOf(pid)
  if (!/\bpostgres\b/.test(command)) return false
  const working_folder = workingFolderOf(pid)
  return working_folder === undefined ? command.includes(real_folder) : working_folder === real_folder
}

/** Backends whose postmaster was killed end by themselves within moments; two sets of them would ruin the files. */
async function waitForBackends(real_folder: string): Promise<void> {
  const isEmpty = () => processesWorkingIn(real_folder).length === 0
  if (await waitUntil(isEmpty, 3_000)) return
  for (const pid of processesWorkingIn(real_folder)) sendSignal(pid, 'SIGKILL')
  await waitUntil(isEmpty, 2_000)
}
