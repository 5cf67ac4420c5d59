import { useId, type ReactNode } from 'react'

interface SectionProps {
  title: string
  /** Shown at the end of the title's line. */
  tools?: ReactNode
  /** Less important: smaller, half the width where there is room. */
  isMinor?: boolean
  children: ReactNode
}

export const Section = ({ title, tools, isMinor = false, children }: SectionProps) => {
  const id = useId()
  return (
    // Only a named section is a landmark; one for each small part would bury those that matter.
    <section className={isMinor ? 'section section-minor' : 'section'} {...(!isMinor && { 'aria-labelledby': id })}>
      <div className="section-head">
        <h2 id={id} className="untrusted">
          {title}
        </h2>
        {tools && <div className="section-tools">{tools}</div>}
      </div>
      {children}
    </section>
  )
}
