import type { Breadcrumb } from '@foghorn/protocol'
import type { Options } from '../options.ts'

// An event must fit into what a browser sends while the page goes, with room for the rest of it.
const MAX_CHARS = 10_000
const CHARS_AROUND = 150

export interface Trail {
  /** Takes over the object; stamps it unless it has a time. */
  add(crumb: Breadcrumb): void
  /** The newest breadcrumbs that fit into an event, oldest first. */
  recent(): Breadcrumb[]
}

export const createTrail = (options: Options): Trail => {
  const crumbs: Breadcrumb[] = []
  const { maxBreadcrumbs: max = 100 } = options
  return {
    add: (crumb) => {
      crumb.timestamp ??= Date.now() / 1000
      const kept = options.beforeBreadcrumb ? options.beforeBreadcrumb(crumb) : crumb
      // Taking the first off a long list takes longer than all the rest: so not each time.
      if (kept && crumbs.push(kept) > max * 2) crumbs.splice(0, crumbs.length - max)
    },
    recent: () => {
      let chars = 0
      const newest = crumbs.slice(-max)
      const isOver = ({ message }: Breadcrumb): boolean => (chars += CHARS_AROUND + (message?.length ?? 0)) > MAX_CHARS
      return newest.slice(1 + newest.findLastIndex(isOver))
    },
  }
}
