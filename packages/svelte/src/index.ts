export { handleErrorWithFoghorn } from './handle-error.ts'
export type { ErrorEvent, HandleClientError } from './handle-error.ts'
export { onBoundaryError } from './boundary.ts'
