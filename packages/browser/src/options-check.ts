import { warn } from './dev.ts'
import type { Options } from './options.ts'

const isShare = (value: unknown): boolean =>
  value === undefined || (typeof value === 'number' && value >= 0 && value <= 1)
const isList = (value: unknown): boolean => value === undefined || Array.isArray(value)
const isFunction = (value: unknown): boolean => value === undefined || typeof value === 'function'

type Rule = [option: keyof Options, isRight: (value: unknown) => boolean, advice: string]

const RULES: Rule[] = [
  ['sampleRate', isShare, 'give a number from 0 (nothing) to 1 (everything)'],
  ['ignoreErrors', isList, 'give a list of texts or expressions: ignoreErrors: [/^AbortError/]'],
  ['allowUrls', isList, 'give a list of texts or expressions: allowUrls: [/shop\\.example/]'],
  ['denyUrls', isList, 'give a list of texts or expressions: denyUrls: [/ads\\.example/]'],
  ['beforeSend', isFunction, 'give a function that returns the event, or null to drop it'],
  ['beforeBreadcrumb', isFunction, 'give a function that returns the breadcrumb, or null to drop it'],
  ['sources', isList, 'give a list of sources: [...defaultSources(), webVitals()]'],
]

const FOREIGN: Record<string, string> = {
  integrations: 'sources: [...defaultSources(), …]',
  defaultIntegrations: 'start(options, () => [uncaughtErrors(), …])',
  tracesSampleRate: "tracing({ tracesSampleRate }) from '@foghorn/browser/tracing', as one of the sources",
  replaysSessionSampleRate: 'nothing: there is no replay',
}

/** Tells developers of options that do not mean what they hope. Not in the production build. */
export const checkOptions = (options: Options): void => {
  for (const [option, isRight, advice] of RULES) {
    if (!isRight(options[option])) warn(`init: ${option} cannot be what it is: ${advice}.`)
  }
  for (const option of Object.keys(options)) {
    if (FOREIGN[option]) warn(`init: there is no option ${option}; write ${FOREIGN[option]}.`)
  }
}
