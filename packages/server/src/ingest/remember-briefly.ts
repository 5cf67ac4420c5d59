import { setTimeout as wait } from 'node:timers/promises'

const KEPT = 10_000
const KEPT_MS = 5000
const PATIENCE_MS = 1000

type Ask<Question, Answer> = (question: Question) => Promise<Answer | undefined>

interface Known<Answer> {
  answer: Answer
  until: number
  /** The question under way, when the answer has to be asked for again. */
  refreshing?: Promise<Answer | undefined> | undefined
}

const soon = async <Answer>(asked: Promise<Answer>): Promise<Answer> => {
  const stop = new AbortController()
  const tooLate = wait(PATIENCE_MS, undefined, { signal: stop.signal, ref: false }).then(() => {
    throw new Error('The store does not answer.')
  })
  return Promise.race([asked, tooLate]).finally(() => stop.abort())
}

/**
 * What every request asks for and hardly changes: an answer holds for five seconds. While the store fails or is slow, the
 * last answer goes on holding, so that the door stays open. What is unknown is asked for each time.
 */
export const rememberBriefly = <Question, Answer>(
  ask: Ask<Question, Answer>,
  now: () => number,
): Ask<Question, Answer> => {
  const known = new Map<Question, Known<Answer>>()
  const keep = (question: Question, answer: Answer | undefined): Answer | undefined => {
    known.delete(question)
    if (answer !== undefined) known.set(question, { answer, until: now() + KEPT_MS })
    if (known.size > KEPT) known.delete(known.keys().next().value!)
    return answer
  }
  const refresh = (question: Question, last: Known<Answer>): Promise<Answer | undefined> =>
    soon(ask(question)).then(
      (answer) => keep(question, answer),
      () => keep(question, last.answer),
    )
  return async (question) => {
    const found = known.get(question)
    if (!found) return keep(question, await ask(question))
    if (found.until > now()) return found.answer
    return (found.refreshing ??= refresh(question, found))
  }
}
