import { maskSecrets } from '../enrich/mask.ts'
import { listen, type Source } from '../source.ts'
import { patch } from './patch.ts'

/** WebSockets opened, closed and failed; never what goes over them. */
export const websocketCrumbs = (): Source => (emit) =>
  patch(globalThis, 'WebSocket', (socket: WebSocket) => {
    const url = maskSecrets(socket.url)
    for (const type of ['open', 'close', 'error']) {
      listen(socket, type, ({ code }: CloseEvent) =>
        emit.crumb({ category: 'websocket', message: type, data: { url, code } }),
      )
    }
  })
