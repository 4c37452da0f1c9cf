import type { Locale } from '#kernel/locale.ts'
import { MAIL_TEXTS, type MailFacts, type MailTemplate, type MailText } from './mail-texts.ts'

export type ComposedMail = { subject: string; body_text: string; body_html: string }

/** Plain and HTML parts of one mail. Every value is escaped; a subject holds no line breaks (A28). */
export function composeMail<Template extends MailTemplate>(
  template: Template,
  locale: Locale,
  facts: MailFacts<Template>,
  app_name: string,
): ComposedMail {
  // The template's three texts take the same facts; the union of all templates cannot be told so.
  const write = MAIL_TEXTS[template][locale] as (facts: MailFacts<Template>) => MailText
  const text = write(facts)
  return {
    subject: oneLine(text.subject),
    body_text: plain(text, app_name),
    body_html: html(text, locale, app_name),
  }
}

function plain(text: MailText, app_name: string): string {
  const parts = [
    ...(text.code ? [text.code] : []),
    ...text.paragraphs,
    ...(text.action ? [`${text.action.label}: ${text.action.url}`] : []),
    `— ${app_name}`,
  ]
  return `${parts.join('\n\n')}\n`
}

function html(text: MailText, locale: Locale, app_name: string): string {
  const code = text.code
    ? `<p style="font-size:32px;letter-spacing:8px;font-weight:700;margin:24px 0">${escapeHtml(text.code)}</p>`
    : ''
  const paragraphs = text.paragraphs
    .map((paragraph) => `<p style="margin:0 0 16px">${escapeHtml(paragraph)}</p>`)
    .join('')
  const action = text.action
    ? `<p style="margin:24px 0"><a href="${escapeHtml(text.action.url)}" style="background:#1d1b1a;color:#fff;padding:14px 24px;border-radius:999px;text-decoration:none">${escapeHtml(text.action.label)}</a></p>`
    : ''
  const style =
    'font-family:-apple-system,Segoe UI,Roboto,Arial,sans-serif;font-size:16px;line-height:1.5;color:#1d1b1a;max-width:520px;margin:0 auto;padding:32px 24px'
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escapeHtml(oneLine(text.subject))}</title></head><body style="margin:0;background:#faf8f5"><div style="${style}"><p style="font-size:20px;font-weight:600;margin:0 0 24px">${escapeHtml(app_name)}</p>${code}${paragraphs}${action}</div></body></html>`
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 200)
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}
