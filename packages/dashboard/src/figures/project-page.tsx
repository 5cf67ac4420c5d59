import type { ReactNode } from 'react'
import './figures.css'
import './data-table.css'

interface ProjectPageProps {
  title: string
  project: string
  /** Beside the heading: usually the period. */
  aside?: ReactNode
  children: ReactNode
}

/** A page about one project: its name, heading and what the page is set to. */
export const ProjectPage = ({ title, project, aside, children }: ProjectPageProps) => (
  <div className="page">
    <title>{`${title} of ${project} · Foghorn`}</title>
    <p className="trail">
      <span>{project}</span>
    </p>
    <div className="page-head">
      <h1>{title}</h1>
      {aside}
    </div>
    {children}
  </div>
)
