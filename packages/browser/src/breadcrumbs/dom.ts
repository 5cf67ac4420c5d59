import { listen, type Source } from '../source.ts'

const ATTRIBUTES = ['data-testid', 'name', 'role', 'type', 'aria-label']
const MAX_LEVELS = 4

/** `button#pay.primary[name="now"]`: what the page calls the element, never what a person typed into it. */
const nameOf = (element: Element, at: number): string => {
  // By index: the list's iterator takes longer than all the rest.
  const { 0: first, 1: second } = element.classList
  let name = element.localName
  if (element.id) name += `#${element.id}`
  if (first) name += `.${first}`
  if (second) name += `.${second}`
  // What is clicked often lies right inside what has the name. Further out, tag, ID and classes will do.
  for (const attribute of at > 1 ? [] : ATTRIBUTES) {
    const value = element.getAttribute(attribute)
    if (value) name += `[${attribute}="${value.slice(0, 40)}"]`
  }
  return name
}

/** Clicks, and typing as one breadcrumb for each field. The composed path sees into open shadow roots. */
export const domCrumbs = (): Source => (emit) => {
  let typedInto: unknown
  const note = (event: Event): void => {
    const path = event.composedPath()
    const field = event.type === 'keydown' && path[0]
    if (field && field === typedInto) return
    typedInto = field
    const elements = path.filter((node) => node instanceof Element).slice(0, MAX_LEVELS)
    const message = elements.map(nameOf).toReversed().join(' > ')
    emit.crumb({ category: field ? 'ui.input' : 'ui.click', message })
  }
  return listen(globalThis, 'click keydown', note, { capture: true })
}
