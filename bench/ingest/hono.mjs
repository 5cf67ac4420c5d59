// Hono as the service has it.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const require = createRequire(new URL('../../packages/server/package.json', import.meta.url))
const load = (name) => import(pathToFileURL(require.resolve(name)).href)

export const { Hono } = await load('hono')
export const { serve } = await load('@hono/node-server')
