import { call, fail, no, wrap, yes } from './fail.js'

function declared(depth) {
  if (depth > 0) {
    const result = declared(depth - 1)
    return [result]
  }
  return [fail('declaration')]
}

const expression = function () {
  return [fail('function expression')]
}

const namedExpression = function ownName() {
  return [fail('named function expression')]
}

const arrow = () => [fail('arrow')]

const arrowWithBody = (value) => {
  const prepared = { value }
  fail(`arrow with body ${prepared.value}`)
  return prepared
}

let reassigned
reassigned = () => [fail('assigned arrow')]

const ternary = yes ? () => [fail('arrow in a conditional')] : undefined
const alternative =
  no ||
  function () {
    return [fail('function behind ||')]
  }

const curried = (first) => (second) => {
  fail(`curried ${first} ${second}`)
}

function returning() {
  return function () {
    fail('returned function')
  }
}

function returningNamed() {
  function inner() {
    fail('returned named function')
  }
  return inner
}

function withDefault(produce = () => [fail('default parameter')]) {
  return [produce()]
}

function withDestructuredDefault({ produce = () => [fail('destructured default')] }) {
  return [produce()]
}

const handlers = [
  () => {
    fail('array element')
  },
]

const wrapped = wrap(() => {
  fail('wrapped and bound')
})

function outer() {
  function middle() {
    const innermost = () => {
      fail('nested')
    }
    return [innermost()]
  }
  return [middle()]
}

function usesCallbacks(kind) {
  if (kind === 'arrow') call(() => fail('arrow callback'))
  if (kind === 'function')
    call(function () {
      fail('function callback')
    })
  if (kind === 'named')
    call(function onCall() {
      fail('named callback')
    })
  if (kind === 'map')
    return [1].map((value) => {
      fail(`map callback ${value}`)
      return value
    })
  if (kind === 'sort') [2, 1].sort((a, b) => [fail('sort callback'), a - b])
  if (kind === 'replace') 'a'.replace(/a/, () => [fail('replace callback')])
  return kind
}

function* generator() {
  yield 1
  fail('generator')
}

function spreads(...values) {
  return [fail(`rest ${values.length}`)]
}

function tagged(strings) {
  fail(`tag ${strings.length}`)
}

function catches() {
  try {
    fail('first')
  } catch (error) {
    throw new TypeError('rethrown', { cause: error })
  }
}

function readsUndefined(value) {
  return value.missing.property
}

function callsUndefined(value) {
  return value.missing()
}

function readsUndeclared() {
  // eslint-disable-next-line no-undef
  return undeclaredVariable + 1
}

export const functionCases = {
  declared: () => declared(3),
  expression: () => expression(),
  'named expression': () => namedExpression(),
  arrow: () => arrow(),
  'arrow with body': () => arrowWithBody(1),
  reassigned: () => reassigned(),
  ternary: () => ternary(),
  alternative: () => alternative(),
  curried: () => curried(1)(2),
  returned: () => returning()(),
  'returned named': () => returningNamed()(),
  'default parameter': () => withDefault(),
  'destructured default': () => withDestructuredDefault({}),
  'array element': () => handlers[0](),
  wrapped: () => wrapped(),
  nested: () => outer(),
  'arrow callback': () => usesCallbacks('arrow'),
  'function callback': () => usesCallbacks('function'),
  'named callback': () => usesCallbacks('named'),
  'map callback': () => usesCallbacks('map'),
  'sort callback': () => usesCallbacks('sort'),
  'replace callback': () => usesCallbacks('replace'),
  generator: () => [...generator()],
  rest: () => spreads(1, 2),
  tagged: () => tagged`a${1}b`,
  cause: () => catches(),
  'read of undefined': () => readsUndefined({}),
  'call of undefined': () => callsUndefined({}),
  undeclared: () => readsUndeclared(),
  'immediately invoked': () => {
    ;(function () {
      const depth = [1]
      fail(`immediately invoked ${depth.length}`)
    })()
  },
}
