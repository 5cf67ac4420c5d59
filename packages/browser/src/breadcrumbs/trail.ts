import type { Breadcrumb } from '@foghorn/protocol'
import type { Options } from '../options.ts'

// An event must fit into what a browser sends while the page goes, with room for the rest of it.
const MAX_TRAIL_CHARS = 10_000
const CHARS_AROUND_MESSAGE = 150

export interface Trail {
  /** Takes over the object; stamps it unless it has a time. */
  add(crumb: Breadcrumb): void
  /** The newest breadcrumbs that fit into an event, oldest first. */
  recent(): Breadcrumb[]
}

const sizeOf = (crumb: Breadcrumb): number => CHARS_AROUND_MESSAGE + (crumb.message?.length ?? 0)

export const createTrail = (options: Options): Trail => {
  const crumbs: Breadcrumb[] = []
  return {
    add: (crumb) => {
      crumb.timestamp ??= Date.now() / 1000
      const kept = options.beforeBreadcrumb ? options.beforeBreadcrumb(crumb) : crumb
      if (kept && crumbs.push(kept) > (options.maxBreadcrumbs ?? 100)) crumbs.shift()
    },
    recent: () => {
      let chars = 0
      const first = crumbs.findLastIndex((crumb) => (chars += sizeOf(crumb)) > MAX_TRAIL_CHARS)
      return crumbs.slice(first + 1)
    },
  }
}
