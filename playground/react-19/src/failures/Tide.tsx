import { Suspense } from 'react'

interface Reading {
  read: () => string
}

/** A resource that suspends whoever reads it, and then fails. */
const readGauge = (): Reading => {
  let failure: Error | undefined
  const pending = Promise.resolve().then(() => {
    failure = new Error('The tide gauge is dry')
  })
  return {
    read: () => {
      // oxlint-disable-next-line typescript/only-throw-error -- a thrown promise suspends, in React 18 as in 19
      throw failure ?? pending
    },
  }
}

const tideGauge = readGauge()

const WaterLevel = ({ gauge }: { gauge: Reading }) => <p>{gauge.read()}</p>

/** Fails after it has suspended. */
export const Tide = () => (
  <Suspense fallback={<p>Reading the gauge</p>}>
    <WaterLevel gauge={tideGauge} />
  </Suspense>
)
