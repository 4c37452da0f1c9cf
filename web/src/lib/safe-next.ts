/** A `next` parameter is followed only to a path of this site, never to another host (`//evil`, `https:`, `/\evil`). */
export function safeNext(next: string | null, fallback: string): string {
  if (!next?.startsWith('/') || next.startsWith('//') || next.includes('\\')) return fallback
  return next
}
