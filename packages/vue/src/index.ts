export { foghorn } from './plugin.ts'
export type { VueApp, VueComponent, VueErrorHandler } from './plugin.ts'
