/** For the form's shadow root. Pages change it by the variables, or by `::part()`. */
const CSS = `
:host { all: initial; --_page: var(--foghorn-background, #fff); --_text: var(--foghorn-text, #1c2430);
  --_muted: var(--foghorn-muted, #566173); --_line: var(--foghorn-border, #76818f);
  --_accent: var(--foghorn-accent, #0b5cad); --_on-accent: var(--foghorn-on-accent, #fff); --_wrong: #b3261e; color-scheme: light }
:host([theme=dark]) { --_page: var(--foghorn-background, #1b222c); --_text: var(--foghorn-text, #edf1f6);
  --_muted: var(--foghorn-muted, #a9b4c2); --_line: var(--foghorn-border, #8792a0);
  --_accent: var(--foghorn-accent, #8cc2ff); --_on-accent: var(--foghorn-on-accent, #06203c); --_wrong: #ffb4ab; color-scheme: dark }
* { box-sizing: border-box; font: inherit } [hidden] { display: none !important }
dialog { font: 1rem/1.45 var(--foghorn-font, system-ui, sans-serif); color: var(--_text); background: var(--_page);
  width: min(30rem, 100vw); max-width: 100vw; max-height: 100dvh; overflow: auto; padding: 1.25rem; border: 1px solid var(--_line);
  border-radius: .75rem; margin: auto; overscroll-behavior: contain; overflow-wrap: break-word }
dialog::backdrop { background: rgb(0 0 0 / .5) }
h2 { font-size: 1.25rem; font-weight: 600; margin: 0 0 .25rem } p { margin: 0 } form { display: grid; gap: .9rem; margin-top: .75rem }
label { display: block; font-weight: 600; margin-bottom: .25rem } small { font-size: .875rem; font-weight: 400; color: var(--_muted) }
input:not([type=file]), textarea { width: 100%; padding: .5rem .6rem; color: inherit; background: transparent; border: 1px solid var(--_line); border-radius: .4rem }
textarea { min-height: 6rem; resize: vertical } [aria-invalid=true] { border-color: var(--_wrong) !important }
.wrong { color: var(--_wrong); font-size: .9rem; margin-top: .25rem }
button, .file { padding: .5rem .9rem; min-height: 2.5rem; border: 1px solid var(--_line); border-radius: .4rem; color: inherit; background: transparent; cursor: pointer; display: inline-block; font-weight: 400; margin: 0 }
button[type=submit] { color: var(--_on-accent); background: var(--_accent); border-color: var(--_accent) } [aria-disabled=true] { opacity: .65; cursor: default }
:is(button, input, textarea, canvas):focus-visible, .file:focus-within { outline: 3px solid var(--_accent); outline-offset: 2px }
.row { display: flex; flex-wrap: wrap; gap: .6rem } .end { justify-content: flex-end } .file input { position: absolute; opacity: 0; inline-size: 1px; block-size: 1px }
.file { position: relative } .picture { position: relative; width: fit-content; max-width: 100%; margin-bottom: .6rem; touch-action: none }
canvas { display: block; max-width: 100%; max-height: 40dvh; border-radius: .4rem; outline: 1px solid var(--_line) }
.cover { position: absolute; padding: 0; min-height: 0; background: #000; border: 1px dashed #fff; border-radius: 0; cursor: move }
.cover:focus-visible { outline-offset: 0 }
@media (max-width: 30rem) { dialog { border-radius: 0; padding: 1rem; width: 100vw; border-inline: 0 } .end > button { flex: 1 } }
@media (prefers-reduced-motion: no-preference) { dialog[open] { animation: in .15s ease-out } @keyframes in { from { opacity: 0; translate: 0 .5rem } } }
@media (forced-colors: active) { dialog { border: 2px solid CanvasText } }`

/** A constructed sheet: no policy about inline styles is in its way. */
export const formStyles = (): CSSStyleSheet => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(CSS)
  return sheet
}
