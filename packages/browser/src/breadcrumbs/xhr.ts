import { all, listen, type Source } from '../source.ts'
import { patch } from './patch.ts'
import { lengthOf, noteRequest } from './requests.ts'

/** XMLHttpRequest calls. Nothing is kept of a request once it is over. */
export const xhrCrumbs = (): Source => (emit) => {
  const lengths = new WeakMap<XMLHttpRequest, unknown>()
  const { prototype } = XMLHttpRequest
  return all([
    patch(prototype, 'open', (_, [method, url], request: XMLHttpRequest) => {
      const note = noteRequest(emit, { category: 'xhr', method, url })
      const end = ({ loaded }: ProgressEvent): void => note(request.status, lengths.get(request), loaded)
      listen(request, 'loadend', end, { once: true })
    }),
    patch(prototype, 'send', (_, [body], request) => lengths.set(request, lengthOf(body))),
  ])
}
