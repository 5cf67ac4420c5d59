import { init, stats } from '@foghorn/browser'
import { createElement, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ErrorBoundary, reactRootHandlers, withErrorBoundary } from '../src/index.ts'

test('on a server the children are rendered, and nothing is reported', () => {
  init({ dsn: 'https://0123456789abcdef0123456789abcdef@errors.example.com/1' })
  const Cart = ({ items }: { items: number }): ReactNode => `${items} items`
  const Guarded = withErrorBoundary(Cart, { fallback: 'no cart' })
  expect(renderToString(createElement(Guarded, { items: 3 }))).toBe('3 items')
  expect(Guarded.displayName).toBe('withErrorBoundary(Cart)')
  const Failing = (): ReactNode => {
    throw new Error('on the server')
  }
  expect(() => renderToString(createElement(ErrorBoundary, { fallback: 'sorry' }, createElement(Failing)))).toThrow(
    'on the server',
  )
  expect(Object.keys(reactRootHandlers())).toEqual(['onCaughtError', 'onUncaughtError', 'onRecoverableError'])
  expect(stats()).toMatchObject({ accepted: 0, waiting: 0 })
})
