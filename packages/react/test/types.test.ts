import { createElement, createRef, type ReactNode } from 'react'
import { createRoot, type RootOptions } from 'react-dom/client'
import { createBrowserRouter } from 'react-router'
import { expectTypeOf, test } from 'vitest'
import {
  type FallbackProps,
  reactRootHandlers,
  tagReactRouter,
  useErrorBoundary,
  withErrorBoundary,
} from '../src/index.ts'

test("the handlers are options of React's roots, and routers are taken as they are", () => {
  expectTypeOf<ReturnType<typeof reactRootHandlers>>().toExtend<RootOptions>()
  expectTypeOf(reactRootHandlers()).toExtend<Parameters<typeof createRoot>[1]>()
  expectTypeOf(tagReactRouter).toBeCallableWith({} as ReturnType<typeof createBrowserRouter>)
})

test('a wrapped component keeps its props, and what is thrown may be anything', () => {
  const Cart = ({ items }: { items: number }): ReactNode => items
  const Guarded = withErrorBoundary<{ items: number }, HTMLElement>(Cart, { fallback: null })
  createElement(Guarded, { items: 1, ref: createRef<HTMLElement>() })
  // @ts-expect-error the text is no number
  createElement(Guarded, { items: '1' })
  expectTypeOf<FallbackProps['error']>().toBeUnknown()
  expectTypeOf(useErrorBoundary).returns.toHaveProperty('showBoundary').parameter(0).toBeUnknown()
})
