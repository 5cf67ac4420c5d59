// What the pages do. Each act gets its marker, a text that stands nowhere in the page's source.
;(() => {
  const later = (run) => void setTimeout(run)

  const thrown = (value) =>
    later(() => {
      throw value
    })
  const rejected = (value) => later(() => void Promise.reject(value))

  const caused = (marker) =>
    new Error(`${marker}top`, { cause: new Error(`${marker}one`, { cause: new TypeError(`${marker}two`) }) })

  const extensionError = (marker) => {
    const error = new Error(marker)
    error.stack = `Error: ${marker}\n    at run (chrome-extension://abcdefghijklmnopabcdefghijklmnop/content.js:1:10)`
    return error
  }

  const trappedError = (marker) =>
    Object.defineProperty(new Error(marker), 'stack', {
      get: () => {
        throw new Error('trap')
      },
    })

  const lateHandled = (marker) =>
    later(() => {
      const promise = Promise.reject(new Error(marker))
      setTimeout(() => promise.catch(() => {}))
    })

  // An observer that changes what it observes makes the browser report a loop, once for each round.
  const resizeLoop = (rounds) => {
    const box = document.body.appendChild(document.createElement('div'))
    const observer = new ResizeObserver(() => {
      box.style.width = `${box.offsetWidth + 1}px`
    })
    observer.observe(box)
    const next = (left) => {
      if (left === 0) return observer.disconnect()
      box.style.width = `${100 + left * 3}px`
      requestAnimationFrame(() => next(left - 1))
    }
    next(rounds)
  }

  const place = () => document.querySelector('#place')

  const button = (parent, id, text) => {
    const element = parent.appendChild(document.createElement('button'))
    element.id = id
    element.textContent = text
    return element
  }

  const shadow = () => {
    const host = place().appendChild(document.createElement('x-card'))
    return host.attachShadow({ mode: 'open' })
  }

  const load = (tag, properties) => document.body.appendChild(Object.assign(document.createElement(tag), properties))

  const inFrame = (marker) => {
    const frame = load('iframe', { src: '/blank.html' })
    frame.addEventListener('load', () => {
      globalThis.bench.attachFrame?.(frame)
      frame.contentWindow.eval(`setTimeout(() => { throw new Error('${marker}') })`)
    })
  }

  const inWorker = (marker) => new Worker('/worker.js').postMessage(marker)

  const request = (url) =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest()
      xhr.open('GET', url)
      xhr.addEventListener('loadend', resolve)
      xhr.send()
    })

  const socket = (url) =>
    new Promise((resolve) => {
      new WebSocket(url).addEventListener('close', resolve)
    })

  const throwThenLeave = (marker) => {
    thrown(new Error(marker))
    setTimeout(() => {
      location.href = '/blank.html'
    })
  }

  const flood = (times, textOf) => {
    for (let time = 0; time < times; time += 1) thrown(new Error(textOf(time)))
  }

  const catchThenThrow = (marker) => {
    const error = new Error(marker)
    globalThis.bench.capture(error)
    thrown(error)
  }

  const longLine = (marker) => {
    const error = new Error(marker)
    error.stack = `Error: ${marker}\n    at ${'x '.repeat(10_000)}`
    return error
  }

  /** Milliseconds that the first capture of such an error blocks the page: later ones find warm code. */
  const blocked = (marker) => {
    const error = longLine(marker)
    const from = performance.now()
    globalThis.bench.capture(error)
    return performance.now() - from
  }

  const looks = (error) =>
    JSON.stringify([...Reflect.ownKeys(error).map(String), error.message, error.stack, String(error.cause)])

  /** Whether reporting leaves the page's error object as it was. */
  const isLeftAlone = (marker) => {
    const error = caused(marker)
    const before = looks(error)
    globalThis.bench.capture(error)
    return looks(error) === before
  }

  globalThis.acts = {
    thrown,
    rejected,
    caused,
    extensionError,
    trappedError,
    lateHandled,
    resizeLoop,
    place,
    button,
    shadow,
    load,
    inFrame,
    inWorker,
    request,
    socket,
    throwThenLeave,
    flood,
    catchThenThrow,
    blocked,
    isLeftAlone,
  }
})()
