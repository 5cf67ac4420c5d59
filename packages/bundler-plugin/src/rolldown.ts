import { plugin } from './plugin.ts'

export type { FoghornPluginOptions } from './options.ts'

export const foghorn = plugin.rolldown
