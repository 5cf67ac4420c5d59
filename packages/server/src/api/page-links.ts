const linkTo = (url: string, rel: 'next' | 'previous', cursor: string | undefined): string => {
  const target = new URL(url)
  target.searchParams.set('cursor', cursor ?? '')
  return `<${target.href}>; rel="${rel}"; results="${cursor !== undefined}"; cursor="${cursor ?? ''}"`
}

/** Sentry's paging header: clients follow `next` while its results are "true". */
export const nextLink = (url: string, next: string | undefined): string => linkTo(url, 'next', next)

/** The same for lists that lead back as well. */
export const pageLinks = (url: string, { previous, next }: { previous?: string; next?: string }): string =>
  `${linkTo(url, 'previous', previous)}, ${linkTo(url, 'next', next)}`
