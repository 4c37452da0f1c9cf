import { expect, test } from 'vitest'
import { eventFacts } from './event-facts.ts'

test('of an event everything that says who paid is left out, and what the books need is kept', () => {
  const payer = { name: { given_name: 'Aida' }, email_address: 'aida@example.com', payer_id: 'P1' }
  const event = {
    id: 'WH-1',
    event_type: 'PAYMENT.CAPTURE.COMPLETED',
    create_time: '2026-01-01T00:00:00Z',
    summary: 'Payment of aida@example.com',
    resource: {
      id: 'C1',
      status: 'COMPLETED',
      amount: { currency_code: 'USD', value: '10.10' },
      payer,
      payment_source: { paypal: payer },
      supplementary_data: { related_ids: { order_id: 'O1' }, payer },
    },
  }
  expect(eventFacts(event)).toEqual({
    id: 'WH-1',
    event_type: 'PAYMENT.CAPTURE.COMPLETED',
    create_time: '2026-01-01T00:00:00Z',
    resource: {
      id: 'C1',
      status: 'COMPLETED',
      amount: { currency_code: 'USD', value: '10.10' },
      supplementary_data: { related_ids: { order_id: 'O1' } },
    },
  })
})

test.each([[null], ['text'], [[1]], [{}]])(
  'an event whose resource is %j is kept as far as it goes',
  (resource) => {
    expect(eventFacts({ id: 'WH-2', event_type: 'X', resource })).toMatchObject({
      id: 'WH-2',
      event_type: 'X',
    })
  },
)
