import { init } from '@foghorn/browser'
import { breakTwice } from './break.js'

globalThis.sent = []
init({
  dsn: new URLSearchParams(location.search).get('dsn'),
  beforeSend: (event) => {
    globalThis.sent.push(event.event_id)
    return event
  },
})
breakTwice()
