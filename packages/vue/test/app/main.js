import { init } from '@foghorn/browser'
import { foghorn } from '@foghorn/vue'
import { createApp } from 'vue'
import Harbour from './Harbour.vue'

init({ dsn: globalThis.dsn, autoSessionTracking: false })
globalThis.handled = []

const app = createApp(Harbour)
if (location.search === '?own') app.config.errorHandler = (error) => globalThis.handled.push(String(error))
app.use(foghorn)
app.mount('#app')
