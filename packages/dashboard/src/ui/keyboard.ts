import { useEffect, useRef } from 'react'

const takesText = ({ type }: HTMLInputElement): boolean => type !== 'checkbox' && type !== 'radio'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(SELECT|TEXTAREA)$/.test(target.tagName) ||
    (target instanceof HTMLInputElement && takesText(target)))

/** Single-key shortcuts of a page, by `KeyboardEvent.key`; they rest while somebody types, and while a dialog is open. */
export const useShortcuts = (shortcuts: Record<string, () => void>): void => {
  const current = useRef(shortcuts)
  useEffect(() => {
    current.current = shortcuts
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return
      if (document.querySelector('dialog[open]')) return
      const run = Object.hasOwn(current.current, event.key) ? current.current[event.key] : undefined
      if (!run) return
      event.preventDefault()
      run()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
