// Runs before the SDK: notes the host's functions, so that what the SDK has replaced can be told afterwards.
;(() => {
  const of = (owner, ...names) => names.map((name) => [owner, name])
  const watched = [
    ...of(window, 'fetch', 'onerror', 'onunhandledrejection', 'setTimeout', 'setInterval', 'WebSocket', 'Worker'),
    ...of(window, 'requestAnimationFrame', 'requestIdleCallback', 'queueMicrotask', 'XMLHttpRequest', 'Promise'),
    ...of(console, 'debug', 'log', 'info', 'warn', 'error', 'trace', 'assert'),
    ...of(XMLHttpRequest.prototype, 'open', 'send', 'setRequestHeader'),
    ...of(history, 'pushState', 'replaceState'),
    ...of(EventTarget.prototype, 'addEventListener', 'removeEventListener'),
    ...of(navigator, 'sendBeacon'),
  ].map(([owner, name]) => ({ owner, name, value: owner[name] }))

  const isFunction = (value) => typeof value === 'function'
  const looksTheSame = (now, then) =>
    now.name === then.name && now.length === then.length && String(now) === String(then)

  const listened = []
  const add = EventTarget.prototype.addEventListener
  window.addEventListener = function addEventListener(type, ...rest) {
    listened.push(type)
    return add.call(this, type, ...rest)
  }
  watched.push({ owner: window, name: 'addEventListener', value: window.addEventListener })

  const limit = Error.stackTraceLimit
  const setters = ['cookie'].map((name) => Object.getOwnPropertyDescriptor(Document.prototype, name))

  globalThis.watch = {
    replaced: () => watched.filter(({ owner, name, value }) => owner[name] !== value).map(({ name }) => name),
    /** Replaced functions that can be told from the host's by name, length or text. */
    disguised: () =>
      watched
        .filter(({ owner, name, value }) => isFunction(value) && owner[name] !== value)
        .filter(({ owner, name, value }) => !looksTheSame(owner[name], value))
        .map(({ name }) => name),
    unloadListeners: () => listened.filter((type) => type === 'unload' || type === 'beforeunload'),
    isStackLimitKept: () => Error.stackTraceLimit === limit,
    stored: async () => {
      const databases = await indexedDB.databases()
      const parts = {
        cookie: setters[0].get.call(document),
        local: localStorage.length,
        session: sessionStorage.length,
      }
      return Object.entries({ ...parts, database: databases.length }).flatMap(([kind, held]) => (held ? [kind] : []))
    },
  }
})()
