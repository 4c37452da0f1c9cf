import { PASSWORD } from '#domains/identity/test-support.ts'

/** Shapes that every test sends through the server somewhere and that no log line may repeat. */
const SHAPES: [string, RegExp][] = [
  ['an e-mail address', /[\w.+-]+@[\w-]+\.[a-z]{2,}/i],
  ['a signed token', /\beyJ[\w-]{8,}\.[\w-]{8,}/],
  ['a bearer header', /\bbearer\s+[\w-]{10,}/i],
  ['a ticket or token in an address', /[?&#](ticket|token|code|access_token|signature)=[^&\s"[]+/i],
  ['an authenticator secret', /otpauth:\/\/|\bsecret=[A-Z2-7]{16,}/],
  ['the password of the test people', new RegExp(PASSWORD)],
]
/** Names of the environment's variables whose values are secrets. */
const SECRET_NAME = /SECRET|KEY|TOKEN|PASSWORD/

/**
 * What the logs of a test must not hold (readiness row L-03). Every app and every server process of the suite is asked
 * when it stops, so the whole suite is the proof. One line for each find; people and secrets of tests are made up.
 */
export function personalDataIn(lines: string[], environment: Record<string, string> = {}): string[] {
  const secrets = Object.entries(environment).filter(
    ([name, value]) => SECRET_NAME.test(name) && value.length >= 16,
  )
  return lines.flatMap((line) => [
    ...SHAPES.filter(([, shape]) => shape.test(line)).map(([what]) => `${what} in ${shortened(line)}`),
    ...secrets.filter(([, value]) => line.includes(value)).map(([name]) => `the value of ${name} in a line`),
  ])
}

/** @throws Error that fails the test file */
export function assertNothingPersonal(lines: string[], environment: Record<string, string> = {}): void {
  const found = personalDataIn(lines, environment)
  if (found.length > 0) throw new Error(`the log holds what it must not:\n${found.slice(0, 5).join('\n')}`)
}

function shortened(line: string): string {
  return line.slice(0, 600)
}
