import { call, fail, no, wrap } from './fail.js'

const literal = {
  shorthand() {
    fail('shorthand method')
  },
  property: function () {
    fail('function property')
  },
  arrow: () => {
    fail('arrow property')
  },
  get size() {
    return [fail('object getter')]
  },
  set size(value) {
    fail(`object setter ${value}`)
  },
  async later() {
    await null
    fail('async object method')
  },
  *items() {
    yield [fail('generator object method')]
  },
  ['computed' + 'Key']() {
    fail('computed object method')
  },
  'a-b'() {
    fail('quoted object method')
  },
  wrapped: wrap(() => {
    fail('wrapped property')
  }),
  deep: {
    deeper: {
      deepest() {
        fail('deep method')
      },
    },
  },
  either:
    no ||
    function () {
      fail('property behind ||')
    },
}

const api = {}
api.assigned = function () {
  fail('assigned to a property')
}
api.assignedArrow = () => {
  fail('arrow assigned to a property')
}
api.inner = {}
api.inner.assigned = () => {
  fail('assigned to an inner property')
}

function Legacy(name) {
  this.name = name
  this.own = function () {
    fail('assigned in the constructor')
  }
  this.ownArrow = () => {
    fail('arrow assigned in the constructor')
  }
}
Legacy.prototype.speak = function () {
  fail(`prototype method ${this.name}`)
}
Legacy.create = function () {
  return [fail('static function')]
}

function FailsInConstructor() {
  this.value = fail('constructor function')
}

function plain() {
  fail('called as a method of another name')
}

const aliases = { renamed: plain }

const namespace = (() => {
  const secret = () => [fail('module pattern')]
  return {
    reveal() {
      return [secret()]
    },
  }
})()

export const objectCases = {
  'method shorthand': () => literal.shorthand(),
  property: () => literal.property(),
  'arrow property': () => literal.arrow(),
  getter: () => literal.size,
  setter: () => (literal.size = 3),
  'async method': () => literal.later(),
  'generator method': () => [...literal.items()],
  'computed key': () => literal.computedKey(),
  'quoted key': () => literal['a-b'](),
  'wrapped property': () => literal.wrapped(),
  'deep method': () => literal.deep.deeper.deepest(),
  'property behind ||': () => literal.either(),
  assigned: () => api.assigned(),
  'assigned arrow': () => api.assignedArrow(),
  'inner assigned': () => api.inner.assigned(),
  'constructor function': () => new FailsInConstructor(),
  'own method': () => new Legacy('a').own(),
  'own arrow': () => new Legacy('a').ownArrow(),
  'prototype method': () => new Legacy('a').speak(),
  'static function': () => Legacy.create(),
  alias: () => aliases.renamed(),
  'module pattern': () => namespace.reveal(),
  'bound function': () => literal.property.bind(null)(),
  'call with receiver': () => literal.shorthand.call(new Legacy('b')),
  'JSON.stringify': () => JSON.stringify({ toJSON: () => [fail('toJSON')] }),
  'proxy trap': () => new Proxy({}, { get: () => [fail('trap')] }).any,
  'callback in an object': () => call(literal.arrow),
}
