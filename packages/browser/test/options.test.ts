import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { checkOptions } from '../src/options-check.ts'
import { endpointOf } from '../src/send/dsn.ts'

const warnings = vi.spyOn(console, 'warn').mockImplementation(() => {})
afterEach(() => warnings.mockClear())

test.each([
  [{ sampleRate: 50 }, 'from 0 (nothing) to 1 (everything)'],
  [{ ignoreErrors: 'ResizeObserver' }, 'a list of texts or expressions'],
  [{ beforeSend: true }, 'a function that returns the event'],
  [{ integrations: [] }, 'sources: [...defaultSources(), …]'],
  [{ tracesSampleRate: 1 }, '@foghorn/browser/tracing'],
])('%j is told what to write instead', (options, advice) => {
  checkOptions(options as object)
  expect(warnings).toHaveBeenCalledOnce()
  expect(warnings.mock.calls[0]![0]).toContain(advice)
})

test('right options are not spoken of', () => {
  checkOptions({ dsn: 'x', sampleRate: 0.5, ignoreErrors: [/x/], beforeSend: (event) => event })
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
