import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'
import type { AuditRow } from './queries.ts'

const ROW: AuditRow = {
  id: 1,
  user_id: 7,
  shop_id: null,
  actor_name: 'Айгүл',
  action: 'identity.role_changed',
  entity_type: 'user',
  entity_id: 9,
  entity_name: null,
  old_values: { role: 'user' },
  new_values: { role: 'admin' },
  ip_address: '10.0.0.1',
  user_agent: 'Panel/1.0',
  request_id: 'r-1',
  created_at: '2026-11-24T15:34:05.120Z',
}

test('a row becomes one line, quotes are doubled, what is not there is empty', () => {
  const [head, line, end] = csvOf([ROW]).split('\r\n')
  expect(head).toMatch(/^\uFEFFid,created_at,user_id,/)
  expect(line).toBe(
    '"1","2026-11-24T15:34:05.120Z","7",,"Айгүл","identity.role_changed","user","9",,"{""role"":""user""}","{""role"":""admin""}","10.0.0.1","Panel/1.0","r-1"',
  )
  expect(end).toBe('')
})

test.each(['=1+1', '+7 701', '-2', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1+1'])(
  'a spreadsheet takes %j for words, not for a formula',
  (user_agent) => {
    expect(csvOf([{ ...ROW, user_agent }])).toContain(`"'${user_agent}"`)
  },
)

test('a comma, a line break and a quote stay inside their cell', () => {
  expect(csvOf([{ ...ROW, user_agent: 'a,"b"\nc' }])).toContain('"a,""b""\nc"')
})
