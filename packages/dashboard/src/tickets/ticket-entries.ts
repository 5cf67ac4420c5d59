type Data = Record<string, unknown>

const nameOf = ({ key }: Data): string => (typeof key === 'string' ? `ticket ${key}` : 'ticket')

const WORDS: Record<string, (name: string) => string> = {
  ticket_created: (name) => `made the ${name}`,
  ticket_linked: (name) => `linked the ${name}`,
  ticket_unlinked: (name) => `unlinked the ${name}`,
  ticket_closed: (name) => `saw the ${name} closed`,
  ticket_reopened: (name) => `saw the ${name} opened again`,
  ticket_gone: (name) => `saw that the ${name} is gone`,
}

/** What the feed of an issue says of its tickets; undefined for everything else. */
export const ticketSentence = (type: string, data: Data): string | undefined => {
  if (type !== 'ticket_failed') return WORDS[type]?.(nameOf(data))
  const what = data['action'] === 'create' ? 'make a ticket' : `change the ${nameOf(data)}`
  return `could not ${what}: ${typeof data['answer'] === 'string' ? data['answer'] : ''}`
}
