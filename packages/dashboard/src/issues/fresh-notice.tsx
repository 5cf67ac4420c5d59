import { useEffect } from 'react'
import { announce } from '../ui/announcer.tsx'
import { counted } from '../ui/numbers.ts'

interface FreshNoticeProps {
  arrivals: number
  isReordered: boolean
  onShow: () => void
}

/** Offers what arrived since the list was loaded; its place is reserved, so that nothing moves. */
export const FreshNotice = ({ arrivals, isReordered, onShow }: FreshNoticeProps) => {
  useEffect(() => {
    if (arrivals > 0) announce(`${counted(arrivals, 'new issue')} to show`)
  }, [arrivals])
  if (arrivals === 0 && !isReordered)
    return (
      <p className="fresh-notice fresh-notice-quiet">
        <span className="live-dot" aria-hidden="true" /> Live
      </p>
    )
  return (
    <button type="button" className="button button-small fresh-notice" onClick={onShow}>
      {arrivals > 0 ? `Show ${counted(arrivals, 'new issue')}` : 'Update the order'}
    </button>
  )
}
