import { init } from '@foghorn/browser'
import { handleErrorWithFoghorn } from '@foghorn/svelte'
import { mount } from 'svelte'
import Harbour from './Harbour.svelte'

init({ dsn: globalThis.dsn, autoSessionTracking: false })
mount(Harbour, { target: document.getElementById('app') })

const handleError = handleErrorWithFoghorn(({ message }) => ({ message, code: 'FERRY' }))

/** As SvelteKit's client calls its hook. */
globalThis.fail = (status) =>
  handleError({
    error: new Error(`Answered ${status}`),
    event: { route: { id: '/ferries/[id]' }, url: new URL(location.href) },
    status,
    message: 'Not available',
  })
