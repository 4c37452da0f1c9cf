// The progress lines are plain JavaScript because they also run under the Node that the machine happens to have.
declare module '*/bin/progress.mjs' {
  export type Step = {
    note: (text: string) => void
    done: (remark?: string) => void
    fail: (remark?: string) => void
  }

  export function say(line?: string): void

  export function beginStep(number: number, total: number, title: string): Step
}
