// What the run-time benchmark has a page do. Console and fetch do nothing where the SDK's own cost is measured.
;(() => {
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
  const consoleMethods = ['debug', 'log', 'info', 'warn', 'error']
  const muteConsole = () => {
    for (const method of consoleMethods) console[method] = () => {}
  }
  const muteFetch = () => {
    window.fetch = async () => new Response('')
  }
  /** The same for the page's own requests alone. */
  const muteData = () => {
    const { fetch } = window
    window.fetch = async (...args) => (`${args[0]}`.startsWith('/data/') ? new Response('') : fetch(...args))
  }

  /** Resolves when the SDK has run. */
  const install = (sdk) =>
    new Promise((resolve) => {
      const script = document.createElement('script')
      script.type = 'module'
      script.src = `/app/${sdk}/entry.js`
      // Nothing with it: the caller would have the event written out, which takes longer than most SDKs.
      script.addEventListener('load', () => resolve())
      document.head.append(script)
    })

  const order = (n) => ({ id: n, customer: { name: 'Ada', city: 'London' }, lines: [1, 2, 3] })
  const table = (n) => Array.from({ length: 100 }, (_, row) => ({ n, row, text: `row ${row} of ${n}` }))

  // As info, which every SDK takes down: Faro leaves out log and debug unless told otherwise.
  const logText = (times) => {
    for (let n = 0; n < times; n += 1) console.info(`order ${n} has been placed`)
  }
  const logObject = (times) => {
    for (let n = 0; n < times; n += 1) console.info('order', order(n))
  }
  const logTable = (times) => {
    for (let n = 0; n < times; n += 1) console.info('table', table(n))
  }
  const fetchAll = async (times) => {
    for (let n = 0; n < times; n += 1) await fetch(`/data/orders/${n}`)
  }
  const click = (times) => {
    const button = document.querySelector('button') ?? document.body.appendChild(document.createElement('button'))
    button.className = 'buy primary'
    for (let n = 0; n < times; n += 1) button.click()
  }

  const fail = (n) => {
    const parse = (input) => {
      if (input) throw new TypeError(`order ${n} cannot be read: field ${(n * 7919).toString(36)}`)
    }
    const read = (input) => parse(input)
    try {
      read(n + 1)
    } catch (error) {
      return error
    }
  }

  /** Ten errors every 20 ms, as a broken list would; gives the milliseconds that the calls took. */
  const capture = async (times) => {
    let inside = 0
    for (let done = 0; done < times; done += 10) {
      const errors = Array.from({ length: 10 }, (_, at) => fail(done + at))
      const from = performance.now()
      for (const error of errors) globalThis.bench.capture(error)
      inside += performance.now() - from
      await pause(20)
    }
    return inside
  }

  /** A page's own start: some work, so that what the SDK adds shows as a longer task. */
  const buildPage = () => {
    const rows = Array.from({ length: 300 }, (_, n) => `<li data-n="${n}"><a href="#${n}">Item ${n}</a></li>`)
    document.body.insertAdjacentHTML('beforeend', `<ul>${rows.join('')}</ul>`)
    return document.body.offsetHeight
  }

  globalThis.work = {
    muteConsole,
    muteFetch,
    muteData,
    install,
    logText,
    logObject,
    logTable,
    fetchAll,
    click,
    capture,
    buildPage,
  }
})()
