import { read } from '../enrich/read.ts'
import { guard } from '../guard.ts'
import type { Source } from '../source.ts'
import { patch } from './patch.ts'
import { lengthOf, noteRequest } from './requests.ts'

/** `fetch` calls: arguments, promise, response and error reach the page as they are. */
export const fetchCrumbs = (): Source => (emit) =>
  patch(globalThis, 'fetch', (answer: Promise<Response>, [input, init]) => {
    const note = noteRequest(emit, {
      category: 'fetch',
      method: read(init, 'method') ?? read(input, 'method') ?? 'GET',
      url: read(input, 'url') ?? input,
    })
    const sent = lengthOf(read(init, 'body'))
    answer.then(
      guard(({ status, headers }) => note(status, sent, Number(headers.get('content-length')))),
      guard(() => note(0, sent)),
    )
  })
