import { createPaypalService } from './paypal-service.ts'

/** The local stand-in for PayPal as a program; see `environment.ts` for what it is given. */
function main(): void {
  const {
    PAYPAL_BASE_URL,
    PAYPAL_CLIENT_ID,
    PAYPAL_CLIENT_SECRET,
    PAYPAL_WEBHOOK_ID,
    PUBLIC_URL,
    PORT,
    HOST,
  } = process.env
  if (
    !PAYPAL_BASE_URL ||
    !PAYPAL_CLIENT_ID ||
    !PAYPAL_CLIENT_SECRET ||
    !PAYPAL_WEBHOOK_ID ||
    !PUBLIC_URL ||
    !PORT
  ) {
    throw new Error(
      'wants PAYPAL_BASE_URL, PAYPAL_CLIENT_ID, PAYPAL_CLIENT_SECRET, PAYPAL_WEBHOOK_ID, PUBLIC_URL and PORT',
    )
  }
  const { server } = createPaypalService({
    client_id: PAYPAL_CLIENT_ID,
    client_secret: PAYPAL_CLIENT_SECRET,
    webhook_id: PAYPAL_WEBHOOK_ID,
    public_url: PAYPAL_BASE_URL,
    webhook_url: `${PUBLIC_URL}/api/v1/payments/paypal/webhook`,
    slow_ms: 15_000,
  })
  server.listen(Number(PORT), HOST || '127.0.0.1', () =>
    process.send?.({ type: 'ready', url: PAYPAL_BASE_URL }),
  )
  process.on('SIGTERM', () => process.exit(0))
  // The launcher is gone, however it ended: nothing may be left behind.
  process.on('disconnect', () => process.exit(0))
}

main()
