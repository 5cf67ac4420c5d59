import {
  type ComponentType,
  createElement,
  forwardRef,
  type ForwardRefExoticComponent,
  type PropsWithoutRef,
  type RefAttributes,
} from 'react'
import { ErrorBoundary, type ErrorBoundaryProps } from './error-boundary.ts'

/**
 * A component within a boundary of its own; a ref goes to the component.
 *
 * @example
 * export default withErrorBoundary(Cart, { fallback: <p>The cart is not available.</p> })
 */
export const withErrorBoundary = <Props extends object, Instance = unknown>(
  Wrapped: ComponentType<Props>,
  boundary: ErrorBoundaryProps,
): ForwardRefExoticComponent<PropsWithoutRef<Props> & RefAttributes<Instance>> => {
  const Guarded = forwardRef<Instance, Props>((props, ref) =>
    // React 18 hands no ref to a function component as a prop, and warns when it is given one.
    createElement(
      ErrorBoundary,
      boundary,
      createElement(Wrapped as ComponentType<object>, ref ? { ...props, ref } : props),
    ),
  )
  Guarded.displayName = `withErrorBoundary(${Wrapped.displayName ?? Wrapped.name ?? 'Component'})`
  return Guarded
}
