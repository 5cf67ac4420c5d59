import { openFeedback } from './feedback.ts'
import type { FeedbackOptions } from './options.ts'

const TAG = 'foghorn-feedback'

// The form brings its texts when it is fetched; the button has to say this much before.
const LABELS: Record<string, string> = {
  fr: 'Votre avis',
  es: 'Comentarios',
  pt: 'Comentários',
  ja: 'フィードバック',
  zh: '反馈',
}

const CSS = `:host{position:fixed;inset:auto 1rem 1rem auto;z-index:2147483000}
button{font:600 1rem/1 var(--foghorn-font,system-ui,sans-serif);padding:.75rem 1.1rem;border:2px solid transparent;border-radius:2rem;color:var(--foghorn-on-accent,#fff);background:var(--foghorn-accent,#0b5cad);cursor:pointer}
button:focus-visible{outline:3px solid;outline-offset:2px}@media print{:host{display:none}}`

const labelOf = ({ lang = document.documentElement.lang, texts }: FeedbackOptions): string =>
  texts?.button ?? LABELS[lang.slice(0, 2).toLowerCase()] ?? 'Feedback'

/** Defined when it is first asked for: importing this does nothing, also where there is no page. */
const define = (): void => {
  class FeedbackButton extends HTMLElement {
    options: FeedbackOptions = {}

    connectedCallback(): void {
      if (this.shadowRoot) return
      const root = this.attachShadow({ mode: 'open' })
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(CSS)
      root.adoptedStyleSheets = [sheet]
      const button = document.createElement('button')
      button.type = 'button'
      button.part = 'button'
      button.ariaHasPopup = 'dialog'
      button.textContent = labelOf(this.options)
      button.addEventListener('click', () => {
        // Offline, perhaps: the next click tries again.
        openFeedback(this.options).catch(console.warn)
      })
      root.append(button)
    }
  }
  customElements.define(TAG, FeedbackButton)
}

/**
 * Puts a button on the page that opens the form; what it returns removes it. Its place and look are those of
 * `foghorn-feedback` and `foghorn-feedback::part(button)`, or set by `--foghorn-accent` and its like.
 *
 * @example
 * init({ dsn: 'https://…' })
 * feedbackButton({ required: ['email'] })
 */
export const feedbackButton = (options: FeedbackOptions = {}): (() => void) => {
  if (typeof document === 'undefined') return () => {}
  if (!customElements.get(TAG)) define()
  const button = Object.assign(document.createElement(TAG), { options })
  document.body.append(button)
  return () => button.remove()
}
