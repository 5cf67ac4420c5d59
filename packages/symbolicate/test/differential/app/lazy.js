import { fail } from './fail.js'

export default () => {
  const parts = ['default', 'export']
  fail(parts.join(' '))
}

export function lazily(value) {
  const helper = (inner) => [fail(`lazy ${inner}`)]
  return [helper(value)]
}

export class LazyPanel {
  open() {
    return [lazily('panel')]
  }
}
