import { call, fail } from './fail.js'

interface Shape {
  readonly area: number
}

type Listener<T> = (value: T) => void

abstract class Base<T extends object = object> implements Shape {
  protected readonly items: T[] = []
  public name: string = 'base'

  constructor(mode?: 'constructor' | 'listen') {
    if (mode === 'constructor') fail('base constructor')
  }

  get area(): number {
    return fail('getter') as unknown as number
  }

  set area(value: number) {
    fail(`setter ${value}`)
  }

  static create(): never {
    const settings = { kind: 'static' } as const
    return fail(`static method ${settings.kind}`) as never
  }

  static #secret(): void {
    fail('static private method')
  }

  static revealSecret(): void {
    Base.#secret()
  }

  method(): unknown {
    return [this.#private(1)]
  }

  #private<V>(value: V): V {
    fail('private method')
    return value!
  }

  get #hidden(): number {
    fail('private getter')
    return 1
  }

  readHidden(): number {
    return this.#hidden
  }

  inherited(): void {
    fail('inherited method')
  }

  abstract describe(): string

  handler: Listener<number> = (value) => {
    fail(`field arrow ${value}`)
  }

  #privateHandler = (): void => {
    fail('private field arrow')
  }

  callPrivateHandler(): void {
    this.#privateHandler()
  }

  static registry = new Map<string, () => void>([['entry', () => void fail('map entry')]])

  static handle = (): unknown => [fail('static field arrow')]

  async load(): Promise<void> {
    await null
    fail('async method')
  }

  *walk(): Generator<number> {
    yield 1
    fail('generator method')
  }

  ['computed' + 'Name'](): void {
    fail('computed method')
  }

  'quoted name'(): void {
    fail('quoted method')
  }

  [Symbol.toPrimitive](): string {
    return String(fail('symbol method'))
  }

  each(): void {
    call(() => {
      fail('callback in a method')
    })
    ;[1].forEach(function (value) {
      fail(`function in a method ${value}`)
    })
  }
}

class Derived extends Base {
  override describe(): string {
    return String(fail('overridden method'))
  }

  override method(): unknown {
    return [super.method()]
  }
}

class InConstructor extends Base {
  constructor() {
    super()
    this.prepare()
  }

  private prepare(): void {
    fail('called by the constructor')
  }

  describe(): string {
    return ''
  }
}

const Expressed = class {
  run(): unknown {
    return [fail('class expression')]
  }
}

const namespaced = {
  Inner: class {
    run(): unknown {
      return [fail('namespaced class')]
    }
  },
}

class FailingField {
  value = [fail('field initialiser')]
}

class CustomError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CustomError'
  }
}

function throwsCustom(): never {
  throw new CustomError('custom')
}

function makesStaticBlock(): unknown {
  class WithBlock {
    static ready = false
    static {
      this.ready = true
      fail('static block')
    }
  }
  return WithBlock
}

export const classCases: Record<string, () => unknown> = {
  'base constructor': () =>
    new (class extends Base {
      describe(): string {
        return ''
      }
    })('constructor'),
  getter: () => new Derived().area,
  setter: () => (new Derived().area = 2),
  'static method': () => Base.create(),
  'static private': () => Base.revealSecret(),
  'private method': () => new Derived().method(),
  'private getter': () => new Derived().readHidden(),
  'inherited method': () => new Derived().inherited(),
  overridden: () => new Derived().describe(),
  'field arrow': () => new Derived().handler(1),
  'private field arrow': () => new Derived().callPrivateHandler(),
  'map entry': () => Base.registry.get('entry')!(),
  'static field arrow': () => Base.handle(),
  'async method': () => new Derived().load(),
  'generator method': () => [...new Derived().walk()],
  'computed method': () => (new Derived() as unknown as Record<string, () => void>)['computedName']!(),
  'quoted method': () => new Derived()['quoted name'](),
  'symbol method': () => `${new Derived() as unknown as string}`,
  'callback in a method': () => new Derived().each(),
  'called by the constructor': () => new InConstructor(),
  'class expression': () => new Expressed().run(),
  'namespaced class': () => new namespaced.Inner().run(),
  'field initialiser': () => new FailingField(),
  'custom error': () => throwsCustom(),
  'static block': () => makesStaticBlock(),
}
