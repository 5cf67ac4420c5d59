import { useEffect, useRef, useState, type ReactNode } from 'react'

interface ScrollAreaProps {
  /** What it holds, for screen readers. */
  label: string
  className: string
  children: ReactNode
}

const isLarger = (box: HTMLElement): boolean => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight

/** A box that may scroll. The keyboard can reach it when it does, and passes it by when everything is in sight. */
export const ScrollArea = ({ label, className, children }: ScrollAreaProps) => {
  const box = useRef<HTMLDivElement>(null)
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setScrolls(isLarger(element)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  // What it holds changes without its size.
  useEffect(() => {
    if (box.current) setScrolls(isLarger(box.current))
  }, [children])
  return (
    <div ref={box} className={className} {...(scrolls && { role: 'group', tabIndex: 0, 'aria-label': label })}>
      {children}
    </div>
  )
}
