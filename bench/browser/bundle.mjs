// Bundles an SDK as an app would: rollup, minified by terser.
import { fileURLToPath } from 'node:url'
import commonjs from '@rollup/plugin-commonjs'
import json from '@rollup/plugin-json'
import resolve from '@rollup/plugin-node-resolve'
import replace from '@rollup/plugin-replace'
import terser from '@rollup/plugin-terser'
import { rollup } from 'rollup'
import { remembered } from './cache.mjs'

const plugins = () => [
  resolve({ browser: true }),
  commonjs(),
  json(),
  replace({ preventAssignment: true, values: { 'process.env.NODE_ENV': '"production"' } }),
  terser({ ecma: 2020, compress: { passes: 2 } }),
]

const generate = async (name, output) => {
  const input = fileURLToPath(new URL(`entries/${name}.js`, import.meta.url))
  const built = await rollup({ input, plugins: plugins(), onwarn: () => {} })
  try {
    return (await built.generate(output)).output.filter(({ type }) => type === 'chunk')
  } finally {
    await built.close()
  }
}

/** One script, with everything in it that the SDK would import later. */
export const bundleScript = remembered('script', async (name) => {
  const [chunk] = await generate(name, { format: 'iife', name: 'entry', inlineDynamicImports: true })
  return chunk.code
})

const reach = (chunks, file, found = new Set()) => {
  if (found.has(file)) return found
  found.add(file)
  for (const next of chunks.find(({ fileName }) => fileName === file)?.imports ?? []) reach(chunks, next, found)
  return found
}

/** The files of an app that holds nothing but the SDK: `entry.js`, and what it imports later. */
export const bundleFiles = remembered('files', async (name) => {
  const chunks = await generate(name, { format: 'es', entryFileNames: 'entry.js' })
  return Object.fromEntries(chunks.map(({ fileName, code }) => [fileName, code]))
})

/** What the page loads at once, and what the SDK imports later: the texts of the chunks. */
export const bundleChunks = remembered('chunks', async (name) => {
  const chunks = await generate(name, { format: 'es' })
  const eager = reach(chunks, chunks.find(({ isEntry }) => isEntry).fileName)
  const codeOf = (isWanted) => chunks.filter(({ fileName }) => isWanted(fileName)).map(({ code }) => code)
  return { now: codeOf((file) => eager.has(file)), later: codeOf((file) => !eager.has(file)) }
})
