import { pay, showSummary } from './booking.ts'
import { addPoints } from './loyalty.ts'
import { chooseSeat } from './seats.ts'
import { findCrossing } from './timetable.ts'

/** What visitors do, each with the fault that it meets. */
export const visits = {
  summary: () => showSummary('night'),
  payment: () => pay('north', 2),
  seat: () => chooseSeat('Lower deck', 4, 1),
  crossing: () => findCrossing('winter'),
  loyalty: () => addPoints(12),
}
