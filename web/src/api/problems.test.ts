import { expect, test } from 'vitest'
import { ApiProblem, fieldProblem, mayReadAgain, pauseBeforeReading } from './problem.ts'
import { problemText } from './problems.ts'

const body = (members: Record<string, unknown>) => ({
  type: '/problems/x',
  title: 'x',
  request_id: 'r-1',
  ...members,
})

test('a known code becomes a sentence in the language of the reader', () => {
  const problem = new ApiProblem(
    401,
    body({ code: 'invalid_credentials', detail: 'Wrong e-mail or password' }),
  )
  expect(problemText(problem, 'ru', 'USD')).toBe(
    'Почта или пароль не подходят. Проверьте раскладку и Caps Lock.',
  )
  expect(problemText(problem, 'kk', 'USD')).toBe(
    'Пошта немесе құпиясөз сәйкес келмейді. Пернетақта тілі мен Caps Lock-ты тексеріңіз.',
  )
  expect(problemText(problem, 'en', 'USD')).toBe(
    'That email and password don’t match. Check your keyboard layout and Caps Lock.',
  )
})

test('an unknown code falls back to what the server says', () => {
  const problem = new ApiProblem(
    409,
    body({ code: 'storage_full', detail: 'Место для изображений закончилось' }),
  )
  expect(problemText(problem, 'ru', 'USD')).toBe('Место для изображений закончилось')
})

test('too little money names the sum that is missing', () => {
  const problem = new ApiProblem(
    402,
    body({ code: 'insufficient_balance', shortfall: 0.3, required_amount: 0.5, current_balance: 0.2 }),
  )
  expect(problemText(problem, 'en', 'USD')).toBe('Your balance is short by $0.30.')
})

test('too many tries names the wait, in minutes when it is long', () => {
  const problem = (seconds: number) => new ApiProblem(429, body({ code: 'rate_limited' }), seconds)
  expect(problemText(problem(40), 'ru', 'USD')).toBe('Слишком много попыток. Попробуйте через 40 с.')
  expect(problemText(problem(290), 'ru', 'USD')).toBe('Слишком много попыток. Попробуйте через 5 мин.')
})

test('an answer that is not the contract still gives a sentence and shows nothing of itself', () => {
  expect(problemText(new ApiProblem(500, '<html>stack at line 4</html>'), 'en', 'USD')).toMatch(
    /server had a problem/,
  )
  expect(problemText(new ApiProblem(502, null), 'en', 'USD')).toMatch(/server had a problem/)
  expect(problemText(new ApiProblem(418, { code: 'teapot' }), 'en', 'USD')).toBe(
    'Something went wrong. Please try again.',
  )
  expect(problemText(new TypeError('x is not a function'), 'en', 'USD')).toBe(
    'Something went wrong. Please try again.',
  )
})

test('no answer at all is a matter of the connection', () => {
  expect(problemText(new ApiProblem(0, null), 'ru', 'USD')).toBe(
    'Нет связи с сервером. Проверьте интернет и попробуйте ещё раз.',
  )
})

const after = (tries: number, status: number, retry_after_s: number | null = null) => {
  const problem = new ApiProblem(status, null, retry_after_s)
  return mayReadAgain(tries, problem) ? pauseBeforeReading(tries, problem) : 'given up'
}

test('a read is tried again after failures that can heal, with growing pauses and not for ever', () => {
  for (const status of [0, 500, 503])
    expect([0, 1, 2].map((tries) => after(tries, status))).toEqual([1_000, 2_000, 'given up'])
  for (const status of [400, 401, 403, 404, 409, 422]) expect(after(0, status)).toBe('given up')
  expect(mayReadAgain(0, new Error('a bug'))).toBe(false)
})

test('when the server says how long to wait, a read waits so long, once, and at most ten seconds', () => {
  expect([0, 1].map((tries) => after(tries, 429, 3))).toEqual([3_000, 'given up'])
  expect([10, 11].map((wait_s) => after(0, 429, wait_s))).toEqual([10_000, 'given up'])
  expect([2, 60].map((wait_s) => after(0, 503, wait_s))).toEqual([2_000, 'given up'])
  expect(after(0, 429)).toBe('given up')
})

test('the message about a field is found by its name, and broken entries are dropped', () => {
  const problem = new ApiProblem(
    422,
    body({
      code: 'validation_failed',
      errors: [null, { field: 'email' }, { field: 'email', code: 'bad_format', message: 'Неверный формат' }],
    }),
  )
  expect(fieldProblem(problem, 'email')).toBe('Неверный формат')
  expect(fieldProblem(problem, 'password')).toBeUndefined()
})
