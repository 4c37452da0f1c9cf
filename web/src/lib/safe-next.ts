/**
 * A `next` parameter is followed only to a path of this site, never to another host (`//evil`, `https:`, `/\evil`, or a
 * tab between the slashes, which browsers take out).
 */
export function safeNext(next: string | null, fallback: string): string {
  if (!next?.startsWith('/') || next.startsWith('//') || /[\s\p{Cc}\\]/u.test(next)) return fallback
  return next
}
