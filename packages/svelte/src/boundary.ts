import { report } from './report.ts'

/**
 * For `<svelte:boundary onerror={onBoundaryError}>`: reports what the boundary caught.
 *
 * @example
 * <svelte:boundary onerror={onBoundaryError}> … </svelte:boundary>
 */
export const onBoundaryError = (error: unknown, _reset?: () => void): void => report(error, 'boundary', {})
