import { useSyncExternalStore } from 'react'
import { formatAge, formatMoment } from './time.ts'

const TICK_MS = 15_000

// One clock for all ages of a page, so that they change together.
let now = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

const tick = () => {
  now = Date.now()
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  if (timer === undefined) {
    now = Date.now()
    timer = setInterval(tick, TICK_MS)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** How long ago; the exact time is its title. */
export const Age = ({ date }: { date: string }) => {
  const current = useSyncExternalStore(subscribe, () => now)
  const moment = new Date(date)
  if (Number.isNaN(moment.getTime())) return <span>unknown</span>
  return (
    <time dateTime={date} title={formatMoment(moment)}>
      {formatAge(current - moment.getTime())}
    </time>
  )
}
