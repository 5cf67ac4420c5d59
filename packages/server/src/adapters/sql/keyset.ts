// Pages of a list that goes on changing: a cursor names the item where the page before ended, not how many came before.

export interface Cursor {
  /** What the list is sorted by. */
  value: number
  /** Tells items of the same value apart. */
  id: number
  /** Towards the beginning of the list. */
  isBack: boolean
}

const SHAPE = /^(\d{1,15}):(\d{1,15}):([01])$/

/** Sentry's clients hand cursors on as they are; theirs have these three parts too. */
export const readCursor = (text: string): Cursor | undefined => {
  const match = SHAPE.exec(text)
  return match ? { value: Number(match[1]), id: Number(match[2]), isBack: match[3] === '1' } : undefined
}

export const cursorOf = ({ value, id, isBack }: Cursor): string => `${value}:${id}:${isBack ? 1 : 0}`

interface Page<Item> {
  items: Item[]
  next?: string
  previous?: string
}

/** The page and its neighbours' cursors, from its items and one more that tells whether there are others. */
export const pageOf = <Item>(
  found: readonly Item[],
  {
    limit,
    cursor,
    cursorAt,
  }: { limit: number; cursor: Cursor | undefined; cursorAt: (item: Item, isBack: boolean) => string },
): Page<Item> => {
  const hasMore = found.length > limit
  const isBack = cursor?.isBack ?? false
  const page = found.slice(0, limit)
  const items = isBack ? page.toReversed() : page
  const [first, last] = [items[0], items.at(-1)]
  return {
    items,
    ...(last && (hasMore || isBack) && { next: cursorAt(last, false) }),
    ...(first && cursor && (hasMore || !isBack) && { previous: cursorAt(first, true) }),
  }
}
