import type { ClientEvent } from '@foghorn/protocol'
import { expect, test } from 'vitest'
import { maskSecrets } from '../src/enrich/mask.ts'
import { parseStack } from '../src/enrich/stack.ts'
import { createFloodControl } from '../src/filter/flood.ts'
import { rejectedBy } from '../src/filter/rules.ts'
import type { Options } from '../src/options.ts'
import { createRateLimits } from '../src/send/rate-limits.ts'

const thrown = (type: string, value: string, filename?: string, handled = false): ClientEvent => ({
  event_id: 'a'.repeat(32),
  timestamp: 1,
  platform: 'javascript',
  level: 'error',
  exception: {
    values: [
      {
        type,
        value,
        mechanism: { handled },
        ...(filename && {
          stacktrace: {
            frames: [
              { filename, in_app: true },
              { filename: '<anonymous>', in_app: false },
            ],
          },
        }),
      },
    ],
  },
})

test.each<[string, ClientEvent, Options, string | undefined]>([
  ['an ordinary error', thrown('TypeError', 'x is undefined', 'https://shop.example/app.js'), {}, undefined],
  ['a text to ignore', thrown('TypeError', 'x is undefined'), { ignoreErrors: ['x is'] }, 'ignored'],
  ['an expression to ignore', thrown('TypeError', 'x is undefined'), { ignoreErrors: [/^TypeError: x/] }, 'ignored'],
  ['a stateful expression', thrown('TypeError', 'x is undefined'), { ignoreErrors: [/x/g, /x/y] }, 'ignored'],
  ['a denied address', thrown('E', 'x', 'https://ads.example/a.js'), { denyUrls: [/ads\./] }, 'denied_url'],
  [
    'an address that is not allowed',
    thrown('E', 'x', 'https://cdn.example/a.js'),
    { allowUrls: ['shop.'] },
    'not_allowed_url',
  ],
  ['an allowed address', thrown('E', 'x', 'https://shop.example/a.js'), { allowUrls: ['shop.'] }, undefined],
  ['no address where some are allowed', thrown('E', 'x'), { allowUrls: ['shop.'] }, undefined],
  ['a browser extension', thrown('E', 'x', 'chrome-extension://abc/content.js'), {}, 'extension'],
  ['a Safari extension', thrown('E', 'x', 'safari-web-extension://abc/content.js'), {}, 'extension'],
  ['an address that Safari masks, perhaps ours', thrown('E', 'x', 'webkit-masked-url://hidden/'), {}, undefined],
  ['a foreign script', thrown('Error', 'Script error.'), {}, 'script_error'],
  [
    'Chromium: resize',
    thrown('Error', 'ResizeObserver loop completed with undelivered notifications.'),
    {},
    'resize_observer',
  ],
  ['older: resize', thrown('Error', 'ResizeObserver loop limit exceeded'), {}, 'resize_observer'],
  ['an aborted request', thrown('AbortError', 'The user aborted a request.'), {}, 'aborted'],
  ['the same, reported by hand', thrown('AbortError', 'The user aborted a request.', undefined, true), {}, undefined],
])('the rules judge %s', (_what, event, options, reason) => {
  expect(rejectedBy(event, options)).toBe(reason)
})

test.each([
  ['/?token=abc&page=2', '/?token=***&page=2'],
  ['/?page=2&user[password]=a%20b#x', '/?page=2&user[password]=***#x'],
  ['https://h/cb#access_token=abc&state=1', 'https://h/cb#access_token=***&state=1'],
  ['https://me:secret@h/', 'https://***@h/'],
  ['failed: GET /a?api-key=1, /b?apiKey=2', 'failed: GET /a?api-key=*** /b?apiKey=***'],
  ['/?q=token', '/?q=token'],
  ['a=b', 'a=b'],
])('secrets in %s are masked', (text, masked) => {
  expect(maskSecrets(text)).toBe(masked)
})

test('a flood of equal errors passes once, then counts; different ones pass within the budget', () => {
  const flood = createFloodControl(() => 2)
  const verdicts = ['a', 'a', 'b', 'a', 'c', 'd'].map((text, at) =>
    flood.judge({ ...thrown('E', text), timestamp: at }),
  )
  expect(verdicts).toEqual([undefined, 'repeat', undefined, 'repeat', 'flood', 'flood'])
  const [merged, ...others] = flood.takeRepeats()
  expect(others).toEqual([])
  expect(merged).toMatchObject({ timestamp: 3, contexts: { repeats: { count: 2, first: 1, last: 3 } } })
  expect(flood.takeRepeats()).toEqual([])
})

test.each([
  [
    { 'x-sentry-rate-limits': '60:error;default:project:quota, 2700:span:organization' },
    200,
    ['error', 'span'],
    ['session'],
  ],
  [{ 'x-sentry-rate-limits': '60::project' }, 200, ['error', 'session'], ['internal']],
  [{ 'retry-after': '5' }, 503, ['error', 'session'], ['internal']],
  [{ 'retry-after': new Date(Date.now() + 60_000).toUTCString() }, 429, ['error'], []],
  [{}, 429, ['error', 'feedback'], ['internal']],
  [{ 'x-sentry-rate-limits': '60:error', 'retry-after': '60' }, 429, ['error'], ['session']],
  [{}, 200, [], ['error']],
])('rate limits %j with status %d', (headers, status, held, free) => {
  const limits = createRateLimits()
  limits.learn(new Response(null, { status, headers: headers as Record<string, string> }))
  for (const category of held) expect(limits.pause(category)).toBeGreaterThan(0)
  for (const category of free) expect(limits.pause(category)).toBe(0)
})

test.each([
  ['one long line', `Error: x\n    at ${'a'.repeat(100_000)}`],
  ['an e-mail address and JSON, without frames', `a@b.example ${JSON.stringify({ text: '"@'.repeat(5000) })}`],
  ['thousands of lines', `Error: x\n${'    at f (https://h/x.js:1:1)\n'.repeat(50_000)}`],
  ['parentheses without end', `Error\n    at ${'('.repeat(900)}`],
  ['frames of quotes', `${'"@'.repeat(450)}\n`.repeat(60)],
])('hostile stack text is read in no time: %s', (_what, stack) => {
  const began = process.cpuUsage()
  expect(parseStack(stack).length).toBeLessThanOrEqual(60)
  expect(process.cpuUsage(began).user).toBeLessThan(200_000)
})

test.each([
  [
    'parentheses in the address',
    '    at Page (https://h/app/(shop)/page.js:3:7)',
    'Page https://h/app/(shop)/page.js:3:7',
  ],
  ['parentheses, without a name', '    at https://h/app/(shop)/page.js:3:7', '? https://h/app/(shop)/page.js:3:7'],
  ['an async arrow', '    at async https://h/x.js:32:9', '? https://h/x.js:32:9'],
  ['Promise.all', '    at async Promise.all (index 0)', 'Promise.all <anonymous>:undefined:undefined'],
  ['an alias', '    at Object.pay [as onClick] (https://h/x.js:1:2)', 'Object.pay [as onClick] https://h/x.js:1:2'],
  [
    'eval in eval',
    '    at e (eval at b (eval at c (https://h/x.js:4:5), <anonymous>:1:2), <anonymous>:3:4)',
    'e https://h/x.js:4:5',
  ],
  ['an address with an at sign', 'run@https://h/lib@1.2.3/x.js:1:2', 'run https://h/lib@1.2.3/x.js:1:2'],
  ['a name with an at sign', 'mail@home@https://h/x.js:1:2', 'mail@home https://h/x.js:1:2'],
  ['an extension of Safari', 'f@safari-web-extension://id/x.js:1:2', 'f safari-web-extension://id/x.js:1:2'],
  ['a secret in the address', 'f@https://h/x.js?token=abc:1:2', 'f https://h/x.js?token=***:1:2'],
])('a frame with %s is read', (_what, line, expected) => {
  const [frame] = parseStack(line)
  expect(`${frame!.function} ${frame!.filename}:${frame!.lineno}:${frame!.colno}`).toBe(expected)
})
