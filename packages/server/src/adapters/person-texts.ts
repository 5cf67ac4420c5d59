import type { Person } from '../ports/personal-data.ts'

/** How a person stands in an envelope's text. An ID is looked for as a whole value: `42` is in everything. */
export const textsOf = ({ id, email, ip }: Person): string[] => [
  ...(id ? [JSON.stringify(id)] : []),
  ...(email ? [email.toLowerCase()] : []),
  ...(ip ? [ip] : []),
]
