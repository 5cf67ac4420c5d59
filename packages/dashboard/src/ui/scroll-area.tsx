import { useEffect, useRef, useState, type ReactNode } from 'react'

interface ScrollAreaProps {
  /** What it holds, for screen readers. */
  label: string
  className: string
  children: ReactNode
}

/** A box that may scroll. The keyboard can reach it when it does, and passes it by when everything is in sight. */
export const ScrollArea = ({ label, className, children }: ScrollAreaProps) => {
  const box = useRef<HTMLDivElement>(null)
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () =>
      setScrolls(element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight)
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={box} className={className} {...(scrolls && { role: 'group', tabIndex: 0, 'aria-label': label })}>
      {children}
    </div>
  )
}
