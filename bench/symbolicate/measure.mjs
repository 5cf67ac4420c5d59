// One measurement in a process of its own; prints JSON. Called by ../symbolicate.mjs.
import { openSync, readFileSync, readSync, fstatSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { performance } from 'node:perf_hooks'

const require = createRequire(new URL('../maps/package.json', import.meta.url))
const engine = () => import('../../packages/symbolicate/dist/index.js')

const peakMb = () => Math.round(process.resourceUsage().maxRSS / 1024)

const readPositions = (file) => {
  const bytes = readFileSync(file)
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
}

/** What a service does: an open descriptor and positional reads. */
const fileReader = (file) => {
  const descriptor = openSync(file, 'r')
  return {
    size: fstatSync(descriptor).size,
    readInto: (into, offset, length) => readSync(descriptor, into, 0, length, offset),
  }
}

/** For each library: loads its code, gives a function that opens the map and returns one that looks up a 0-based position. */
const LIBRARIES = {
  foghorn: async ({ index }) => {
    const { openIndex } = await engine()
    return () => {
      const opened = openIndex(fileReader(index))
      return (line, column) => opened.locate({ line: line + 1, column: column + 1 })
    }
  },
  'source-map': async ({ map }) => {
    const { SourceMapConsumer } = require('source-map')
    return async () => {
      const consumer = await new SourceMapConsumer(readFileSync(map, 'utf8'))
      return (line, column) => consumer.originalPositionFor({ line: line + 1, column })
    }
  },
  'source-map-js': async ({ map }) => {
    const { SourceMapConsumer } = require('source-map-js')
    return () => {
      const consumer = new SourceMapConsumer(readFileSync(map, 'utf8'))
      return (line, column) => consumer.originalPositionFor({ line: line + 1, column })
    }
  },
  'trace-mapping': async ({ map }) => {
    const { TraceMap, originalPositionFor } = require('@jridgewell/trace-mapping')
    return () => {
      const trace = new TraceMap(readFileSync(map, 'utf8'))
      return (line, column) => originalPositionFor(trace, { line: line + 1, column })
    }
  },
}

/** @param request - `before`: another map that the process resolves first, as a service that runs for a while has. */
const first = async ({ before, ...request }) => {
  if (before) {
    const look = await (await LIBRARIES[request.library]({ ...request, ...before }))()
    const places = readPositions(before.positions)
    for (let i = 0; i < 2_000; i++) look(places[i * 2], places[i * 2 + 1])
  }
  const open = await LIBRARIES[request.library](request)
  const positions = readPositions(request.positions)
  const start = performance.now()
  const look = await open()
  look(positions[0], positions[1])
  return { ms: performance.now() - start }
}

const perSecond = (rounds, count, work) => {
  let fastest = Infinity
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    work()
    fastest = Math.min(fastest, performance.now() - start)
  }
  return Math.round((count / fastest) * 1000)
}

const warm = async (request) => {
  const positions = readPositions(request.positions)
  const count = positions.length / 2
  const open = await LIBRARIES[request.library](request)
  const look = await open()
  // Our columns are 1-based, as browsers print them.
  const base = request.library === 'foghorn' ? 1 : 0
  let checksum = 0
  for (let i = 0; i < count; i++) {
    const found = look(positions[i * 2], positions[i * 2 + 1])
    if (found?.line)
      checksum =
        (Math.imul(checksum, 31) + found.line * 7_919 + found.column - base + (found.name?.length ?? 0) * 101) | 0
  }
  let sink = 0
  const lookAt = (i) => {
    sink += look(positions[i * 2], positions[i * 2 + 1])?.line ?? 0
  }
  const lookupsPerSecond = perSecond(request.rounds, count, () => {
    for (let i = 0; i < count; i++) lookAt(i)
  })
  // 200 different stacks of 30 frames: faults come back.
  const stacksPerSecond = perSecond(request.rounds, count, () => {
    for (let i = 0; i < count; i++) lookAt(i % 6_000)
  })
  return { lookupsPerSecond, stacksPerSecond, peakMb: peakMb(), checksum, sink: sink > 0 }
}

const build = async ({ map, index, functionNames }) => {
  const { buildIndex } = await engine()
  const bytes = readFileSync(map)
  const start = performance.now()
  const built = await buildIndex(bytes, { functionNames })
  const ms = performance.now() - start
  if (!built.ok) throw new Error(built.reason)
  writeFileSync(index, built.index)
  return { ms, peakMb: peakMb() }
}

const frames = async ({ index, positions: file, rounds, before }) => {
  const { openIndex } = await engine()
  if (before) {
    const earlier = openIndex(fileReader(before.index))
    const places = readPositions(before.positions)
    for (let i = 0; i < 2_000; i++) earlier.lookup({ line: places[i * 2] + 1, column: places[i * 2 + 1] + 1 })
  }
  const positions = readPositions(file)
  const start = performance.now()
  const opened = openIndex(fileReader(index))
  opened.lookup({ line: positions[0] + 1, column: positions[1] + 1 })
  const firstMs = performance.now() - start
  const count = 6_000
  const all = () => {
    for (let i = 0; i < count; i++) opened.lookup({ line: positions[i * 2] + 1, column: positions[i * 2 + 1] + 1 })
  }
  return { firstMs, cold: perSecond(1, count, all), warm: perSecond(rounds, count, all) }
}

const whole = async ({ indexes, positions, withFrames }) => {
  const { openIndex } = await engine()
  const baseMb = peakMb()
  const opened = indexes.map((index) => openIndex(fileReader(index)))
  // Copies of what is used: the positions of a benchmark are not memory of the engine.
  const places = positions.map((file) => readPositions(file).slice(0, 60_000))
  for (let stack = 0; stack < 7_000; stack++) {
    const number = stack % opened.length
    for (let frame = 0; frame < 30; frame++) {
      const at = (Math.floor(stack / opened.length) * 30 + frame) * 2
      const position = { line: places[number][at] + 1, column: places[number][at + 1] + 1 }
      if (withFrames) opened[number].lookup(position)
      else opened[number].locate(position)
    }
  }
  return { baseMb, peakMb: peakMb() }
}

const [task, request] = process.argv.slice(2)
const tasks = { first, warm, build, frames, whole }
console.log(JSON.stringify(await tasks[task](JSON.parse(request))))
