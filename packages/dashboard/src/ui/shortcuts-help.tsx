import { useState } from 'react'
import { Dialog } from './dialog.tsx'
import { useShortcuts } from './keyboard.ts'

export type ShortcutList = readonly (readonly [keys: string, what: string])[]

/** Shows a page's shortcuts when ? is pressed, or its button. */
export const ShortcutsHelp = ({ shortcuts }: { shortcuts: ShortcutList }) => {
  const [isOpen, setOpen] = useState(false)
  useShortcuts({ '?': () => setOpen(true) })
  return (
    <>
      <button
        type="button"
        className="icon-button shortcuts-button"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
        onClick={() => setOpen(true)}
      >
        <kbd>?</kbd>
      </button>
      {isOpen && (
        <Dialog title="Keyboard shortcuts" onClose={() => setOpen(false)}>
          <dl className="shortcuts">
            {shortcuts.map(([keys, what]) => (
              <div key={keys}>
                <dt>
                  {keys.split(' ').map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      )}
    </>
  )
}
