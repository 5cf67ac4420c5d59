// Loaded before the service: hours pass in minutes. The service asks the clock for everything that happens by the hour or
// the day, and has timers for seconds only, which stay as they are.
const { SOAK_START, SOAK_FACTOR } = process.env
const RealDate = Date
const start = Number(SOAK_START)
const now = () => Math.round(start + (RealDate.now() - start) * Number(SOAK_FACTOR))

globalThis.Date = class Date extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(now())
    else super(...parts)
  }

  static now() {
    return now()
  }
}
