import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ProjectAddress } from '../projects/address.ts'
import { projectKeysQuery } from '../projects/projects-query.ts'
import { Snippet } from '../projects/snippet.tsx'

interface HowToProps {
  title: string
  children: ReactNode
}

/** Shown where there are no data yet: what would be here, and how they get here. */
export const HowTo = ({ title, children }: HowToProps) => (
  <section className="panel how-to">
    <h2>{title}</h2>
    {children}
  </section>
)

/** A snippet with the project's own DSN in it. */
export const KeySnippet = ({ address, name, code }: KeySnippetProps) => {
  const keys = useQuery(projectKeysQuery(address.org, address.project))
  const dsn = keys.data?.find(({ isActive }) => isActive)?.dsn.public ?? '…'
  return <Snippet name={name} code={code(dsn)} />
}

interface KeySnippetProps {
  address: ProjectAddress
  name: string
  code: (dsn: string) => string
}
