import type { EventJson } from '@foghorn/server'
import { TagLink } from './tag-link.tsx'
import './tags.css'

export const EventTags = ({ tags, org }: { tags: EventJson['tags']; org: string }) => {
  if (tags.length === 0) return null
  return (
    <section className="section" aria-label="Tags of this event">
      <ul className="tags">
        {tags.map(({ key, value }) => (
          <li key={key} className="tag">
            <span className="tag-key untrusted">{key}</span>
            <span className="tag-value untrusted">
              <TagLink org={org} tag={{ key, value }} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
