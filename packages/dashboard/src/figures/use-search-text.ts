import { useEffect, useState } from 'react'
import { useSettled } from '../ui/use-settled.ts'

/** What stands in a search field; the page follows when somebody pauses. */
export const useSearchText = (text = '', onSearch: (text: string) => void): [string, (text: string) => void] => {
  const [typed, setTyped] = useState(text)
  const settled = useSettled(typed)
  useEffect(() => {
    if (settled !== text) onSearch(settled)
  }, [settled])
  return [typed, setTyped]
}
