import { useEffect, useRef, useState } from 'react'
import { path, withQuery } from './client.ts'

/** When the service refuses, as it does while too many listen, it is asked again after this. */
const RETRY_MS = 30_000
/** Changes that come together are answered together. */
const GATHER_MS = 300
const PAUSE_MS = 2_000

export interface LiveTopic {
  org: string
  /** Number of one project; absent: all. */
  project?: string | undefined
  /** Number of one issue; absent: all. */
  issueId?: string
}

/** Calls at most every `PAUSE_MS`, and never misses the last one. */
const gathering = (run: () => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastRun = 0
  return {
    call: () => {
      const wait = Math.max(GATHER_MS, lastRun + PAUSE_MS - Date.now())
      timer ??= setTimeout(() => {
        timer = undefined
        lastRun = Date.now()
        run()
      }, wait)
    },
    stop: () => clearTimeout(timer),
  }
}

/** Listens until it is told to stop, across failures. `onState` tells whether the line is up. */
const listen = ({ org, project, issueId }: LiveTopic, tell: { change(): void; state(isLive: boolean): void }) => {
  let stream: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const hear = ({ data }: MessageEvent<string>) => {
    if (issueId === undefined || (JSON.parse(data) as { id: string }).id === issueId) tell.change()
  }
  const open = () => {
    stream = new EventSource(withQuery(`/api/0${path`/organizations/${org}/live/`}`, { project }))
    stream.addEventListener('new', hear)
    stream.addEventListener('changed', hear)
    stream.addEventListener('open', () => {
      tell.state(true)
      // Nobody told what happened before.
      tell.change()
    })
    stream.addEventListener('error', () => {
      tell.state(false)
      if (stream?.readyState === EventSource.CLOSED) timer = setTimeout(open, RETRY_MS)
    })
  }
  open()
  return () => {
    clearTimeout(timer)
    stream?.close()
    tell.state(false)
  }
}

/**
 * Calls `onChange` when issues appear or change; gives whether it would hear of it now. Pages that nobody sees do not listen:
 * browsers allow few connections to one server, and catch up when they are seen again.
 */
export const useLive = (topic: LiveTopic, onChange: () => void): boolean => {
  const [isLive, setLive] = useState(false)
  const current = useRef(onChange)
  useEffect(() => {
    current.current = onChange
  })
  const { org, project, issueId } = topic
  useEffect(() => {
    const changes = gathering(() => current.current())
    const tell = { change: changes.call, state: setLive }
    let stop: (() => void) | undefined
    const follow = () => {
      stop?.()
      stop = document.hidden ? undefined : listen({ org, project, ...(issueId && { issueId }) }, tell)
    }
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      changes.stop()
      stop?.()
    }
  }, [org, project, issueId])
  return isLive
}
