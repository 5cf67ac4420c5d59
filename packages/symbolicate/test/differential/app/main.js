import { asynchronousCases } from './asynchronous.js'
import { classCases } from './classes.ts'
import { componentCases } from './components.jsx'
import { functionCases } from './functions.js'
import { objectCases } from './objects.js'

const lazyCases = {
  'default export': async () => (await import('./lazy.js')).default(),
  'lazy function': async () => (await import('./lazy.js')).lazily('chunk'),
  'lazy class': async () => new (await import('./lazy.js')).LazyPanel().open(),
}

const groups = {
  functions: functionCases,
  classes: classCases,
  objects: objectCases,
  asynchronous: asynchronousCases,
  components: componentCases,
  lazy: lazyCases,
}

const record = async (name, run) => {
  try {
    await run()
    return { name, stack: undefined }
  } catch (error) {
    return { name, stack: error.stack, cause: error.cause?.stack }
  }
}

globalThis.runCases = async () => {
  Error.stackTraceLimit = 60
  const results = []
  for (const [group, cases] of Object.entries(groups))
    for (const [name, run] of Object.entries(cases)) results.push(await record(`${group}: ${name}`, run))
  return results
}
