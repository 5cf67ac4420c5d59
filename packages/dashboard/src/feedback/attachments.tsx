import type { AttachmentJson } from '@foghorn/server'
import { path } from '../api/client.ts'

interface AttachmentsProps {
  org: string
  project: string
  attachments: readonly AttachmentJson[]
}

const isImage = ({ mimetype }: AttachmentJson): boolean => /^image\/(png|jpeg|gif|webp)$/.test(mimetype)

/** Files as clients sent them. The service decides by their bytes whether they are shown, and lets them do nothing. */
export const Attachments = ({ org, project, attachments }: AttachmentsProps) => (
  <ul className="attachments">
    {attachments.map((attachment) => {
      const { id, event_id: event, name } = attachment
      const address = `/api/0${path`/projects/${org}/${project}/events/${event}/attachments/${id}/`}`
      return (
        <li key={id}>
          {isImage(attachment) && (
            <a href={address} target="_blank" rel="noopener noreferrer">
              <img src={address} alt={`Picture sent as ${name}`} loading="lazy" className="attachment-picture" />
            </a>
          )}
          <a href={`${address}?download`} className="untrusted">
            {name}
          </a>{' '}
          <span className="muted">{formatSize(attachment.size)}</span>
        </li>
      )
    })}
  </ul>
)

const formatSize = (bytes: number): string => (bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} KB`)
