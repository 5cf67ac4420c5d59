import { Link } from '@tanstack/react-router'
import { isSearchable, tagTerm } from '../issues/search.ts'

interface TagLinkProps {
  org: string
  tag: { key: string; value: string }
}

/** A tag's value, which leads to all issues that have it. */
export const TagLink = ({ org, tag: { key, value } }: TagLinkProps) =>
  isSearchable(key) && value !== '' ? (
    <Link
      to="/organizations/$org/issues"
      params={{ org }}
      search={{ query: tagTerm(key, value) }}
      title={`Issues with this ${key}`}
    >
      {value}
    </Link>
  ) : (
    value || '(empty)'
  )
