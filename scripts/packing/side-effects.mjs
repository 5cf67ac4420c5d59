// "sideEffects": false is a promise to bundlers: importing does nothing. Here it is not believed but looked at.
import { join } from 'node:path'
import { rollup } from 'rollup'

// Those that bundlers put into pages. The others run in Node, where nothing is shaken off.
const FOR_PAGES = ['@foghorn/browser', '@foghorn/feedback', '@foghorn/react', '@foghorn/svelte', '@foghorn/vue']

const entriesOf = ({ exports }) =>
  Object.values(exports)
    .map((target) => target.default)
    .filter((file) => file?.endsWith('.js'))

const isOwn = (specifier) => specifier.startsWith('.') || specifier.startsWith('/')

/** What is left of a module of which nothing is used: its side effects. */
const remainsOf = async (file) => {
  const bundle = await rollup({
    input: 'entry',
    external: (specifier) => specifier !== 'entry' && !isOwn(specifier),
    treeshake: { moduleSideEffects: (_id, isExternal) => !isExternal },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? id : null),
        load: (id) => (id === 'entry' ? `import ${JSON.stringify(file)}` : null),
      },
    ],
    onLog: () => undefined,
  })
  const { output } = await bundle.generate({ format: 'es' })
  await bundle.close()
  return output[0].code.trim()
}

export const faultsOfSideEffects = async ({ name, folder, manifest }) => {
  if (!FOR_PAGES.includes(name)) return []
  const found = await Promise.all(
    entriesOf(manifest).map(async (file) => ({ file, code: await remainsOf(join(folder, file)) })),
  )
  return found
    .filter(({ code }) => code !== '')
    .map(({ file, code }) => `importing ${file} does something: ${code.slice(0, 200)}`)
}
