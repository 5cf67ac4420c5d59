import type { RspackPluginInstance } from '@rspack/core'
import type { FoghornPluginOptions } from './options.ts'
import { plugin } from './plugin.ts'

export type { FoghornPluginOptions } from './options.ts'

// The type is written out: inferred, its name would stand in the types without where it comes from.
export const foghorn: (options?: FoghornPluginOptions) => RspackPluginInstance = plugin.rspack
