import { useState } from 'react'

export interface Selection {
  ids: ReadonlySet<string>
  /** All that the search finds are meant, also those that are not shown. */
  isEverything: boolean
  toggle(id: string): void
  select(ids: readonly string[]): void
  selectEverything(): void
  clear(): void
}

const NONE: ReadonlySet<string> = new Set()

export const useSelection = (): Selection => {
  const [ids, setIds] = useState(NONE)
  const [isEverything, setEverything] = useState(false)
  const select = (next: readonly string[]) => {
    setIds(new Set(next))
    setEverything(false)
  }
  return {
    ids,
    isEverything,
    toggle: (id) => select(ids.has(id) ? [...ids].filter((one) => one !== id) : [...ids, id]),
    select,
    selectEverything: () => setEverything(true),
    clear: () => select([]),
  }
}
