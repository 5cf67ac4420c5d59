import AppsignalModule from '@appsignal/javascript'
import { plugin as consoleLines } from '@appsignal/plugin-breadcrumbs-console'
import { plugin as network } from '@appsignal/plugin-breadcrumbs-network'
import { plugin as windowEvents } from '@appsignal/plugin-window-events'

const Appsignal = AppsignalModule.default ?? AppsignalModule
const appsignal = new Appsignal({ key: '01234567-89ab-cdef-0123-456789abcdef', revision: '1.0.0' })
appsignal.use(windowEvents({}))
appsignal.use(consoleLines({}))
appsignal.use(network({}))
globalThis.bench = { capture: (error) => appsignal.sendError(error) }
