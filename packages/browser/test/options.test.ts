import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { checkOptions } from '../src/options-check.ts'
import { endpointOf } from '../src/send/dsn.ts'

const warnings = vi.spyOn(console, 'warn').mockImplementation(() => {})
afterEach(() => warnings.mockClear())

const BAD: [options: object, advice: string][] = [
  [{ dsn: 42 }, "give a text: 'https://<key>@<host>/<number>'"],
  [{ tunnel: true }, 'an address of yours that passes envelopes on'],
  [{ release: 1.4 }, "give a text: 'shop@1.4.2'"],
  [{ dist: 42 }, "give a text: '42'"],
  [{ environment: null }, "give a text: 'staging'"],
  [{ sampleRate: 50 }, 'from 0 (nothing) to 1 (everything)'],
  [{ sampleRate: '0.5' }, 'from 0 (nothing) to 1 (everything)'],
  [{ maxBreadcrumbs: -1 }, 'how many breadcrumbs an event carries'],
  [{ maxEventsPerMinute: '30' }, 'how many events a page sends'],
  [{ normalizeDepth: 2.5 }, 'how many levels of nesting are kept'],
  [{ maxValueLength: Infinity }, 'how many characters of each text are kept'],
  [{ ignoreErrors: 'ResizeObserver' }, 'a list of texts or expressions: ignoreErrors: [/^AbortError/]'],
  [{ allowUrls: [42] }, 'a list of texts or expressions: allowUrls:'],
  [{ denyUrls: /ads/ }, 'a list of texts or expressions: denyUrls:'],
  [{ initialScope: { tag: 'web' } }, 'user, tags, extra, contexts, level or fingerprint'],
  [{ beforeSend: true }, 'a function that returns the event'],
  [{ beforeBreadcrumb: {} }, 'a function that returns the breadcrumb'],
  [{ transport: 'fetch' }, 'takes what fetch takes'],
  [{ sources: ['console'] }, '[...defaultSources(), webVitals()]'],
  [{ autoSessionTracking: 1 }, 'give true or false'],
  [{ sendDefaultPii: 'yes' }, 'give true or false'],
  [{ attachStacktrace: 0 }, 'give true or false'],
  [{ debug: 'yes' }, 'give true or false'],
  [{ enabled: 'false' }, 'give true or false'],
  [{ integrations: [] }, 'write sources: [...defaultSources(), …]'],
  [{ defaultIntegrations: false }, 'write start(options, () => [uncaughtErrors(), …])'],
  [{ tracesSampleRate: 1 }, '@foghorn/browser/tracing'],
  [{ tracesSampler: () => 1 }, 'write tracesSampleRate as an option of tracing()'],
  [{ tracePropagationTargets: [] }, '@foghorn/browser/tracing'],
  [{ replaysSessionSampleRate: 1 }, 'there is no replay'],
  [{ replaysOnErrorSampleRate: 1 }, 'there is no replay'],
  [{ ignoreTransactions: [] }, 'write a beforeSend'],
  [{ sendClientReports: false }, 'drops are always reported'],
  [{ transportOptions: {} }, 'write transport:'],
  [{ sampelRate: 1 }, 'did you mean sampleRate?'],
  [{ beforesend: () => null }, 'did you mean beforeSend?'],
  [{ xyz: 1 }, 'the README lists those that there are'],
]

test.each(BAD)('%o is told what to write instead', (options, advice) => {
  checkOptions(options)
  expect(warnings).toHaveBeenCalledOnce()
  const [message] = warnings.mock.calls[0]!
  expect(message).toContain(Object.keys(options)[0])
  expect(message).toContain(advice)
})

test('each option has a wrong value above', () => {
  const options = readFileSync(join(import.meta.dirname, '../src/options.ts'), 'utf8').split('interface Options')[1]!
  const names = [...options.matchAll(/^  (\w+)\?:/gm)].map(([, name]) => name)
  expect(names.length).toBeGreaterThan(20)
  expect(names.filter((name) => !BAD.some(([bad]) => String(name) in bad))).toEqual([])
})

test('right options are not spoken of', () => {
  checkOptions({
    dsn: 'x',
    release: undefined,
    sampleRate: 0.5,
    maxBreadcrumbs: 0,
    ignoreErrors: [/x/, 'y'],
    initialScope: { tags: { team: 'web' }, user: { id: '7' } },
    beforeSend: (event) => event,
    sources: [() => () => {}],
    enabled: true,
  })
  expect(warnings).not.toHaveBeenCalled()
})

test.each([
  ['https://0123abcd@errors.example/1', 'https://errors.example/api/1/envelope/'],
  ['http://0123abcd:secret@127.0.0.1:4300/42', 'http://127.0.0.1:4300/api/42/envelope/'],
  ['https://0123abcd@host/pre/fix/7', 'https://host/pre/fix/api/7/envelope/'],
  ['https://0123abcd@[::1]:80/1', 'https://[::1]:80/api/1/envelope/'],
])('the DSN %s leads to %s', (dsn, url) => {
  expect(endpointOf(dsn)!.url.split('?')[0]).toBe(url)
  expect(warnings).not.toHaveBeenCalled()
})

test.each(['', 'https://errors.example/1', 'https://key-with-dash@h/1', 'https://key@h/shop', 'ftp://key@h/1'])(
  'the DSN "%s" is none, and the developer is told what one looks like',
  (dsn) => {
    expect(endpointOf(dsn)).toBeUndefined()
    expect(warnings.mock.calls[0]![0]).toContain('https://<key>@<host>/<number>')
  },
)

test('the production build is silent', () => {
  const built = readFileSync(join(import.meta.dirname, '../dist/foghorn.min.js'), 'utf8')
  expect(built).not.toMatch(/\[foghorn\]|cannot be read|there is no option|console\.warn/)
})
