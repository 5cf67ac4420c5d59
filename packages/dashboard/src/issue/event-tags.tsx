import type { EventJson } from '@foghorn/server'
import { Link } from '@tanstack/react-router'
import { isSearchable, tagTerm } from '../issues/search.ts'

export const EventTags = ({ tags, org }: { tags: EventJson['tags']; org: string }) => {
  if (tags.length === 0) return null
  return (
    <section className="section" aria-label="Tags of this event">
      <ul className="tags">
        {tags.map(({ key, value }) => (
          <li key={key} className="tag">
            <span className="tag-key untrusted">{key}</span>
            <span className="tag-value untrusted">
              {isSearchable(key) ? (
                <Link
                  to="/organizations/$org/issues"
                  params={{ org }}
                  search={{ query: tagTerm(key, value) }}
                  title={`Issues with this ${key}`}
                >
                  {value}
                </Link>
              ) : (
                value
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
