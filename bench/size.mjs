// npm run bench -- size [--json] [--peers a,b]: what each SDK weighs in an app's bundle.
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { bundleChunks } from './browser/bundle.mjs'
import { readOptions } from './browser/options.mjs'
import { choosePeers, versionOf } from './browser/peers.mjs'
import { printResult } from './browser/table.mjs'

const gzip = (text) => gzipSync(text, { level: 9 }).length
const brotli = (text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length

const weigh = async (peer) => {
  const { name } = peer
  const { now, later } = await bundleChunks(name)
  const text = now.join('\n')
  return {
    name,
    version: versionOf(peer),
    min: Buffer.byteLength(text),
    gzip: gzip(text),
    brotli: brotli(text),
    gzipWithLater: gzip(text) + later.reduce((sum, chunk) => sum + gzip(chunk), 0),
  }
}

const options = readOptions()
const peers = choosePeers(options.peers, (peer) => !peer.heavy)
const rows = []
for (const peer of peers) rows.push(await weigh(peer))

const [ours] = rows
printResult(options, {
  title: 'Bytes of an entry that starts the SDK with its usual capture: rollup + terser, gzip -9, brotli 11.',
  rows,
  columns: {
    version: (row) => row.version,
    min: (row) => row.min,
    gzip: (row) => row.gzip,
    brotli: (row) => row.brotli,
    'gzip, with later chunks': (row) => row.gzipWithLater,
    'gzip ÷ ours': (row) => (row.gzip / ours.gzip).toFixed(1),
  },
  notes: [
    'Later chunks are all that the SDK may import, alternatives too.',
    ...peers.flatMap(({ name, note }) => (note ? [`${name}: ${note}.`] : [])),
  ],
})
