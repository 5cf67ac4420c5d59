import { listen, type Source } from '../source.ts'
import { patch } from './patch.ts'
import { noteRequest } from './requests.ts'

/** XMLHttpRequest calls. Nothing is kept of a request once it is over. */
export const xhrCrumbs = (): Source => (emit) =>
  patch(XMLHttpRequest.prototype, 'open', (_, [method, url], request: XMLHttpRequest) => {
    const note = noteRequest(emit, { category: 'xhr', method, url })
    listen(request, 'loadend', () => note(request.status))
  })
