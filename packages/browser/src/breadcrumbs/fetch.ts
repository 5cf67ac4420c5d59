import { read } from '../enrich/read.ts'
import { guard } from '../guard.ts'
import type { Source } from '../source.ts'
import { patch } from './patch.ts'
import { noteRequest } from './requests.ts'

/** `fetch` calls: arguments, promise, response and error reach the page as they are. */
export const fetchCrumbs = (): Source => (emit) =>
  patch(globalThis, 'fetch', (answer: Promise<Response>, [input, init]) => {
    const note = noteRequest(emit, {
      category: 'fetch',
      method: read(init, 'method') ?? read(input, 'method') ?? 'GET',
      url: read(input, 'url') ?? input,
    })
    answer.then(
      guard(({ status }) => note(status)),
      guard(() => note(0)),
    )
  })
