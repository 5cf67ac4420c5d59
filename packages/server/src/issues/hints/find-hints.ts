import { failingRequest } from './failing-request.ts'
import { sameDeploy, sameRelease } from './appearance.ts'
import type { Facts, FindHint, Hint } from './hint.ts'
import { newBrowserVersion } from './new-browser-version.ts'
import { suspectCommit } from './suspect-commit.ts'
import { thirdPartyHost } from './third-party-host.ts'

/** The more a hint says, the earlier it stands. */
const HINTS: readonly FindHint[] = [
  suspectCommit,
  failingRequest,
  sameDeploy,
  sameRelease,
  newBrowserVersion,
  thirdPartyHost,
]

export const findHints = (facts: Facts): Hint[] => HINTS.map((find) => find(facts)).filter((hint) => hint !== undefined)
