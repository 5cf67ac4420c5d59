// Before all else: adds up the tasks of over 50 ms.
globalThis.longTasks = { total: 0, blocking: 0 }
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) {
    globalThis.longTasks.total += duration
    globalThis.longTasks.blocking += duration - 50
  }
}).observe({ type: 'longtask', buffered: true })
