// What examples take for granted: names that stand for the reader's own code.
import type { FC } from 'react'
import type * as Sdk from '@foghorn/browser'

declare global {
  const App: FC
  const Shop: FC
  const pay: () => void
  /** What the script tag brings. */
  const Foghorn: typeof Sdk & { use: (part: string, options?: object) => void }
  const authToken: string
  const bytes: Uint8Array
  const map: string
  const script: string
  const text: string
}
