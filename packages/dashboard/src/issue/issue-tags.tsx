import type { TagJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { formatCount } from '../ui/numbers.ts'
import { Loaded } from '../ui/states.tsx'
import { tagsQuery, type IssueAddress } from './issue-query.ts'
import { TagLink } from './tag-link.tsx'
import './tags.css'

/** How the values of each tag are spread over all events of the issue. */
export const IssueTags = ({ address }: { address: IssueAddress }) => {
  const tags = useQuery(tagsQuery(address))
  return (
    <>
      <h2 className="side-title">In all events</h2>
      <Loaded query={tags} lines={6} label="Loading tags">
        {(found) =>
          found.length === 0 ? (
            <p className="muted">No tags.</p>
          ) : (
            found.map((tag) => <TagBars key={tag.key} org={address.org} tag={tag} />)
          )
        }
      </Loaded>
    </>
  )
}

const percent = new Intl.NumberFormat(undefined, { style: 'percent' })

const TagBars = ({ org, tag: { key, totalValues, topValues } }: { org: string; tag: TagJson }) => (
  <section className="tag-bars">
    <h3 className="untrusted">{key}</h3>
    <ul>
      {topValues.map(({ value, count }) => (
        <li key={value} title={`${formatCount(count)} of ${formatCount(totalValues)}`}>
          <span className="tag-bar-value untrusted">
            <TagLink org={org} tag={{ key, value }} />
          </span>
          <span className="tag-bar-share">{percent.format(count / totalValues)}</span>
          <progress max={totalValues} value={count} aria-label={`${value}: share of events`} />
        </li>
      ))}
    </ul>
  </section>
)
