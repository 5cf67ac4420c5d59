import type { BreadcrumbJson } from '@foghorn/server'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { stepClass, TrailStep } from './trail-step.tsx'

const USUAL_HEIGHT = 31
const OVERSCAN = 12

/** A timeline of thousands, in a box of its own that begins at its end: only what is in sight is drawn. */
export const LongTrail = ({ trail, eventDate }: { trail: readonly BreadcrumbJson[]; eventDate: string }) => {
  const box = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: trail.length,
    getScrollElement: () => box.current,
    estimateSize: () => USUAL_HEIGHT,
    overscan: OVERSCAN,
    initialOffset: trail.length * USUAL_HEIGHT,
  })
  return (
    <div ref={box} className="trail-long" role="group" tabIndex={0} aria-label="All breadcrumbs">
      <ol className="trail-list" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => (
          <li
            key={key}
            ref={rows.measureElement}
            data-index={index}
            aria-setsize={trail.length}
            aria-posinset={index + 1}
            className={stepClass(trail[index]!)}
            style={{ transform: `translateY(${start}px)` }}
          >
            <TrailStep breadcrumb={trail[index]!} eventDate={eventDate} />
          </li>
        ))}
      </ol>
    </div>
  )
}
