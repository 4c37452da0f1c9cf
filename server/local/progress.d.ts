// The progress lines are plain JavaScript because they also run under the Node that the machine happens to have.
// biome-ignore lint/correctness/noUnresolvedImports: a pattern for the type checker, not an import.
declare module '*/bin/progress.mjs' {
  export type Step = { note: (text: string) => void; done: (remark?: string) => void; fail: () => void }

  export function say(line?: string): void

  export function beginStep(number: number, total: number, title: string): Step
}
