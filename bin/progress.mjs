const HEARTBEAT_MS = 15_000
const is_terminal = process.stdout.isTTY === true

// A reader that went away (npm start | head) must not end the program.
process.stdout.on('error', () => undefined)

/** Prints one line. */
export function say(line = '') {
  process.stdout.write(`${line}\n`)
}

/**
 * Shows one step while it runs: on a terminal a line that counts seconds, elsewhere a line at the start, one every 15
 * seconds, and one at the end.
 */
export function beginStep(number, total, title) {
  const started = performance.now()
  const head = `${number}/${total} ${title}`
  let note = ''
  const seconds = () => `${Math.round((performance.now() - started) / 100) / 10} s`
  const show = () => {
    if (is_terminal)
      process.stdout.write(`\r\x1b[K${head} … ${Math.round((performance.now() - started) / 1000)} s${note}`)
    else say(`${head} … ${seconds()}${note}`)
  }
  // Quick steps, and most of a second start is quick, get one line and not two.
  const first = setTimeout(() => (is_terminal ? show() : say(`${head} …`)), is_terminal ? 0 : 1_000)
  const timer = setInterval(show, is_terminal ? 1_000 : HEARTBEAT_MS)
  const end = (text) => {
    clearTimeout(first)
    clearInterval(timer)
    say(`${is_terminal ? '\r\x1b[K' : ''}${head} … ${text}`)
  }
  return {
    note: (text) => {
      note = text ? ` (${text.slice(0, 60)})` : ''
      if (is_terminal) show()
    },
    done: (remark = '') => end(`${seconds()}${remark ? ` (${remark})` : ''}`),
    fail: (remark = '') => end(`FAILED after ${seconds()}${remark ? ` (${remark})` : ''}`),
  }
}
