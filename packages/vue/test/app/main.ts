import { init } from '@foghorn/browser'
import { foghorn } from '@foghorn/vue'
import { createApp, defineComponent, h, ref } from 'vue'

declare global {
  var dsn: string
  var handled: string[]
}

init({ dsn: globalThis.dsn, autoSessionTracking: false })
globalThis.handled = []

const Mast = defineComponent({
  name: 'Mast',
  setup: () => () => {
    throw new Error('The mast is broken')
  },
})

const Ship = defineComponent({
  name: 'Ship',
  setup: () => {
    const isSailing = ref(false)
    const ring = () => {
      throw new Error('The bell is cracked')
    }
    return () => [
      h('button', { onClick: () => (isSailing.value = true) }, 'Sail'),
      h('button', { onClick: ring }, 'Ring'),
      isSailing.value ? h(Mast) : undefined,
    ]
  },
})

const app = createApp(defineComponent({ name: 'Harbour', setup: () => () => h(Ship) }))
if (location.search === '?own') app.config.errorHandler = (error) => globalThis.handled.push(String(error))
app.use(foghorn)
app.mount('#app')
