// A process of its own that builds one index after another for createBuilder.
import { buildIndex } from './build-index.ts'
import type { BuildAnswer, BuildRequest } from './worker.ts'

const send = (answer: BuildAnswer): void => {
  process.send?.(answer)
}

const waiting = new Map<string, (table: Uint8Array | undefined) => void>()

const build = async ({ map, options, keepsScopes }: BuildRequest & { type: 'build' }): Promise<void> => {
  const scopes = keepsScopes && {
    get: (key: string): Promise<Uint8Array | undefined> =>
      new Promise((resolve) => {
        waiting.set(key, resolve)
        send({ type: 'get', key })
      }),
    put: (key: string, table: Uint8Array): void => send({ type: 'put', key, table }),
  }
  send({ type: 'done', result: await buildIndex(map, { ...options, ...(scopes ? { scopes } : {}) }) })
}

process.on('message', (request: BuildRequest) => {
  if (request.type === 'build') void build(request)
  else {
    waiting.get(request.key)?.(request.table)
    waiting.delete(request.key)
  }
})
process.on('disconnect', () => process.exit())
