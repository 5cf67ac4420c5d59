import * as rejected from './rejected.ts'
import * as reported from './reported.ts'
import * as thrown from './thrown.ts'

export interface Failure {
  /** Stable: `data-testid` is `fail-<id>`. */
  id: string
  title: string
  run: () => void
}

export interface FailureGroup {
  title: string
  failures: readonly Failure[]
}

export const failureGroups: readonly FailureGroup[] = [
  {
    title: 'Thrown',
    failures: [
      { id: 'handler', title: 'In an event handler, three calls deep', run: thrown.inEventHandler },
      { id: 'method', title: 'In a method of a class', run: thrown.inMethod },
      { id: 'render', title: 'While rendering, with no boundary', run: thrown.whileRendering },
      { id: 'timer', title: 'In a timer', run: thrown.inTimer },
      { id: 'string', title: 'A string, not an error', run: thrown.asString },
      { id: 'cause', title: 'With a cause', run: thrown.withCause },
      { id: 'aggregate', title: 'Several at once', run: thrown.withSeveralCauses },
      { id: 'dom', title: 'By the DOM', run: thrown.fromTheDom },
      { id: 'navigate', title: 'While leaving the page', run: thrown.thenNavigate },
    ],
  },
  {
    title: 'Rejected',
    failures: [
      { id: 'rejection-error', title: 'With an error', run: rejected.withError },
      { id: 'rejection-string', title: 'With a string', run: rejected.withString },
      { id: 'rejection-object', title: 'With an object', run: rejected.withObject },
      { id: 'await', title: 'In async code, after await', run: rejected.afterAwait },
      { id: 'lazy', title: 'In a chunk loaded later', run: rejected.inLazyChunk },
      { id: 'fetch', title: 'After a request that failed', run: rejected.afterFailedFetch },
    ],
  },
  {
    title: 'Reported',
    failures: [
      { id: 'capture-exception', title: 'captureException', run: reported.exception },
      { id: 'capture-message', title: 'captureMessage', run: reported.message },
      { id: 'image', title: 'An image that is not there', run: reported.brokenImage },
    ],
  },
]
