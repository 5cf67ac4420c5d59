import { createMemoryHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { getScope } from '@foghorn/browser'
import { createMemoryRouter } from 'react-router'
import { expect, test } from 'vitest'
import { tagReactRouter, tagTanStackRouter } from '../src/index.ts'

const tagged = () => getScope().data.tags?.['route']

test("React Router's patterns become the tag route, until it is stopped", async () => {
  const orders = { path: 'orders', children: [{ path: ':id' }, { index: true }] }
  const router = createMemoryRouter([{ path: '/', children: [orders] }])
  const stop = tagReactRouter(router)
  expect(tagged()).toBe('/')
  await router.navigate('/orders/12')
  expect(tagged()).toBe('/orders/:id')
  await router.navigate('/orders')
  expect(tagged()).toBe('/orders')
  stop()
  await router.navigate('/')
  expect(tagged()).toBe('/orders')
})

test("TanStack Router's patterns become the tag route", async () => {
  const root = createRootRoute()
  const order = createRoute({ getParentRoute: () => root, path: '/orders/$id' })
  const home = createRoute({ getParentRoute: () => root, path: '/' })
  const history = createMemoryHistory({ initialEntries: ['/orders/12'] })
  const router = createRouter({ routeTree: root.addChildren([home, order]), history })
  const stop = tagTanStackRouter(router)
  await router.load()
  expect(tagged()).toBe('/orders/$id')
  history.push('/')
  await router.load()
  expect(tagged()).toBe('/')
  stop()
})
