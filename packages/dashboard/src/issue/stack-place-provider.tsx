import type { EventJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ProjectAddress } from '../grouping/grouping-query.ts'
import { releaseQuery, sourceLinksQuery } from './issue-query.ts'
import { StackPlaceContext } from './stack-place.ts'

interface StackPlaceProviderProps {
  address: ProjectAddress
  event: EventJson
  children: ReactNode
}

/** Tells the frames within where their event stands and where their files are opened. */
export const StackPlaceProvider = ({ address, event, children }: StackPlaceProviderProps) => {
  const release = event.release?.version ?? null
  const links = useQuery(sourceLinksQuery(address))
  const needsCommit = Object.values(links.data ?? {}).some((template) => template.includes('{commit}'))
  const details = useQuery({ ...releaseQuery(address, release ?? ''), enabled: needsCommit && release !== null })
  const version = { release, commit: details.data?.lastCommit?.id ?? null }
  return (
    <StackPlaceContext value={{ ...address, eventId: event.eventID, version, links: links.data }}>
      {children}
    </StackPlaceContext>
  )
}
