/** Socket events of all processes: publish and hear. */
export { broadcast, hearBroadcasts } from './broadcast.ts'
/** Mails to an address whose account was closed. */
export { forgetAddress } from './forget-address.ts'
export { sendMailJob } from './jobs.ts'
export { mailListeners } from './listeners.ts'
export { mailboxRoutes } from './mailbox-routes.ts'
export { sendMail } from './send-mail.ts'
export { type Member, SocketHub } from './socket-hub.ts'
export { type SocketDeps, socketRoutes } from './socket-routes.ts'
