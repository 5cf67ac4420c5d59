import type { Appearance, BrowserCount } from '../issues/hints/hint.ts'
import type { Issue } from './issues.ts'

/** What the store knows around an issue that may tell of its cause. */
export interface HintFacts {
  appearance(issue: Issue): Promise<Appearance | undefined>
  browsers(issue: Issue): Promise<{ issue: BrowserCount[]; others: BrowserCount[] }>
}
