import { useSyncExternalStore } from 'react'

let message = ''
const listeners = new Set<() => void>()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Lets screen readers say something that sighted people see happen. */
export const announce = (text: string): void => {
  // The same text twice would not be a change, and so not be said.
  message = text === message ? `${text}\u00A0` : text
  for (const listener of listeners) listener()
}

export const Announcer = () => (
  <div className="visually-hidden" role="status">
    {useSyncExternalStore(subscribe, () => message)}
  </div>
)
