import { useEffect, useState } from 'react'

/** The value as it was once it had not changed for a while: what is typed is asked for when somebody pauses. */
export const useSettled = <Value>(value: Value, afterMs = 350): Value => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs)
    return () => clearTimeout(timer)
  }, [value, afterMs])
  return settled
}
