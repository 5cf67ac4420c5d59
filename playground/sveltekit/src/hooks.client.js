import { init } from '@foghorn/browser'
import { handleErrorWithFoghorn } from '@foghorn/svelte'

const settings = window.__FOGHORN__
if (settings) init({ dsn: settings.dsn, release: settings.release ?? 'harbour@1.0.0', autoSessionTracking: false })

export const handleError = handleErrorWithFoghorn(({ status }) => ({ message: `Not available (${status})` }))
