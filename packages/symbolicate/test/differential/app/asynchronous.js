import { fail } from './fail.js'

const tick = () => new Promise((resolve) => setTimeout(resolve, 0))

async function first() {
  await tick()
  fail('async function')
}

async function second() {
  const value = await first()
  return [value]
}

const third = async () => {
  const value = await second()
  return [value]
}

const service = {
  async fetchAll() {
    const values = await Promise.all([tick(), third()])
    return values
  },
}

class Loader {
  async run() {
    const values = await service.fetchAll()
    return values
  }

  static async start() {
    const loader = new Loader()
    const values = await loader.run()
    return values
  }
}

async function* stream() {
  yield 1
  await tick()
  fail('async generator')
}

async function consume() {
  for await (const value of stream()) if (value > 1) return value
  return undefined
}

const inTimer = () =>
  new Promise((_resolve, reject) => {
    setTimeout(() => {
      try {
        fail('timer')
      } catch (error) {
        reject(error)
      }
    }, 0)
  })

const inListener = () =>
  new Promise((_resolve, reject) => {
    const target = new EventTarget()
    target.addEventListener('ping', function onPing() {
      try {
        fail('listener')
      } catch (error) {
        reject(error)
      }
    })
    target.dispatchEvent(new Event('ping'))
  })

export const asynchronousCases = {
  'async function': () => second(),
  'async arrow': () => third(),
  'promise all': () => service.fetchAll(),
  'async methods': () => Loader.start(),
  'async generator': () => consume(),
  then: () => Promise.resolve(1).then((value) => [fail(`then ${value}`)]),
  'named then': () =>
    Promise.resolve(1).then(function onValue(value) {
      return [fail(`named then ${value}`)]
    }),
  executor: () => new Promise(() => fail('executor')),
  timer: () => inTimer(),
  listener: () => inListener(),
}
