import type { AttachmentJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { getJson, path } from '../api/client.ts'
import { Section } from '../issue/section.tsx'
import { Attachments } from './attachments.tsx'
import './feedback.css'

interface EventFilesProps {
  org: string
  project: string
  eventId: string
}

/** The files that came with an event, when any did. */
export const EventFiles = ({ org, project, eventId }: EventFilesProps) => {
  const { data = [] } = useQuery({
    queryKey: ['attachments', org, project, eventId],
    queryFn: ({ signal }) =>
      getJson<AttachmentJson[]>(path`/projects/${org}/${project}/events/${eventId}/attachments/`, signal),
  })
  if (data.length === 0) return null
  return (
    <Section title="Files">
      <Attachments org={org} project={project} attachments={data} />
    </Section>
  )
}
