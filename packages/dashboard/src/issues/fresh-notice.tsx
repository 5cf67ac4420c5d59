import { useEffect } from 'react'
import { announce } from '../ui/announcer.tsx'
import { counted } from '../ui/numbers.ts'

interface FreshNoticeProps {
  shown: { arrivals: number; isReordered: boolean; isLive: boolean; showFresh: () => void }
}

/** Offers what arrived since the list was loaded; its place is reserved, so that nothing moves. */
export const FreshNotice = ({ shown: { arrivals, isReordered, isLive, showFresh } }: FreshNoticeProps) => {
  useEffect(() => {
    if (arrivals > 0) announce(`${counted(arrivals, 'new issue')} to show`)
  }, [arrivals])
  if (arrivals === 0 && !isReordered)
    return (
      <p className="fresh-notice fresh-notice-quiet">
        <span className={isLive ? 'live-dot' : 'live-dot live-dot-off'} aria-hidden="true" />
        {isLive ? 'Live' : 'Connecting…'}
      </p>
    )
  return (
    <button type="button" className="button button-small fresh-notice" onClick={showFresh}>
      {arrivals > 0 ? `Show ${counted(arrivals, 'new issue')}` : 'Update the order'}
    </button>
  )
}
