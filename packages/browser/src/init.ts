import { start } from './api.ts'
import { defaultSources } from './default-sources.ts'
import type { Options } from './options.ts'

/**
 * Starts capturing. Called again, it takes over the options that it is given and keeps the others; what is listened
 * to stays as the first call had it.
 *
 * @example
 * init({ dsn: 'https://0123456789abcdef0123456789abcdef@errors.example.com/1', release: 'shop@1.4.2' })
 */
export const init = (options: Options): void => start(options, defaultSources)
