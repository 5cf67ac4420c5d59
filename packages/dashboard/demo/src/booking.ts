import { totalFare } from './fares.ts'
import { findCrossing } from './timetable.ts'

export class PaymentError extends Error {
  override name = 'PaymentError'
}

const readAnswer = (body: string): { accepted: boolean } => JSON.parse(body) as { accepted: boolean }

/** The bank's gateway answers with a page instead of JSON when it is overloaded. */
const charge = (cents: number): boolean => {
  const body = cents > 0 ? '<html>502 Bad Gateway</html>' : '{"accepted":true}'
  return readAnswer(body).accepted
}

export const pay = (crossingId: string, passengers: number): boolean => {
  const cents = totalFare(crossingId, passengers)
  try {
    return charge(cents)
  } catch (cause) {
    throw new PaymentError('The payment could not be confirmed', { cause })
  }
}

export const showSummary = (crossingId: string): string =>
  `${findCrossing(crossingId).from}: ${totalFare(crossingId, 2)}`
