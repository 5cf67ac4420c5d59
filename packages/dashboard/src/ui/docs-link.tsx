import type { ReactNode } from 'react'

/** Leads to the documentation, which the service has beside this app. */
export const DocsLink = ({ page, children }: { page: string; children: ReactNode }) => (
  <a href={`/docs/${page}`}>{children}</a>
)
