export const prerender = false

/** Fails while loading. */
export const load = ({ params }) => {
  throw new Error(`No departures of ferry ${params.id}`)
}
