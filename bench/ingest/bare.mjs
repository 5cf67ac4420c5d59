// What an endpoint costs that parses the same body and keeps nothing.
import { Hono, serve } from './hono.mjs'

const app = new Hono().post('/api/:project/envelope/', async (c) => {
  const [head, , event] = (await c.req.text()).split('\n')
  JSON.parse(event)
  return c.json({ id: JSON.parse(head).event_id })
})

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
  process.send({ port, path: '/api/1/envelope/' }),
)
process.on('disconnect', () => process.exit())
