/** Sentry's paging header: clients follow `next` while its results are "true". */
export const nextLink = (url: string, next: string | undefined): string => {
  const target = new URL(url)
  target.searchParams.set('cursor', next ?? '')
  return `<${target.href}>; rel="next"; results="${next !== undefined}"; cursor="${next ?? ''}"`
}
