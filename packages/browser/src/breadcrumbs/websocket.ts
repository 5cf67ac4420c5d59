import { maskSecrets } from '../enrich/mask.ts'
import { listen, type Source } from '../source.ts'
import { patch } from './patch.ts'

/** WebSockets opened, closed and failed; never what goes over them. */
export const websocketCrumbs = (): Source => (emit) =>
  patch(globalThis, 'WebSocket', (socket: WebSocket) => {
    listen(socket, 'open close error', ({ type: message, code }: CloseEvent) =>
      emit.crumb({ category: 'websocket', message, data: { url: maskSecrets(socket.url), code } }),
    )
  })
