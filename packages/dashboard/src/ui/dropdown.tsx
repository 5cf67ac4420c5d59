import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'

interface DropdownProps {
  label: ReactNode
  /** Called with what closes it. */
  children: (close: () => void) => ReactNode
}

/** A button that opens a small panel, which Escape, a click beside it and leaving it with the keyboard close. */
export const Dropdown = ({ label, children }: DropdownProps) => {
  const box = useRef<HTMLDetailsElement>(null)
  const close = () => {
    if (box.current) box.current.open = false
  }
  useEffect(() => {
    const closeOutside = ({ target }: Event) => {
      if (target instanceof Node && !box.current?.contains(target)) close()
    }
    document.addEventListener('pointerdown', closeOutside)
    document.addEventListener('focusin', closeOutside)
    return () => {
      document.removeEventListener('pointerdown', closeOutside)
      document.removeEventListener('focusin', closeOutside)
    }
  }, [])
  const closeByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !box.current?.open) return
    event.stopPropagation()
    close()
    box.current.querySelector('summary')?.focus()
  }
  return (
    <details className="dropdown" ref={box} onKeyDown={closeByKey}>
      <summary className="button">{label}</summary>
      <div className="dropdown-panel">{children(close)}</div>
    </details>
  )
}
