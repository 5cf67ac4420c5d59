import { useState } from 'react'
import { Check } from './check.tsx'

interface LiveCheckProps {
  label: string
  hint?: string
  checked: boolean
  /** Rejects when it could not be done; whoever asks shows why. */
  change: (isChecked: boolean) => Promise<unknown>
}

/** A box whose change is made at once: it shows what was wished until it is known what became of it. */
export const LiveCheck = ({ checked, change, ...check }: LiveCheckProps) => {
  const [wish, setWish] = useState<boolean>()
  const follow = async (isChecked: boolean) => {
    setWish(isChecked)
    await change(isChecked).catch(() => undefined)
    setWish(undefined)
  }
  return <Check {...check} checked={wish ?? checked} onChange={(event) => void follow(event.target.checked)} />
}
