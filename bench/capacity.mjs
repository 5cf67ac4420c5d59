// npm run bench -- capacity [--events-per-second 1000000] [--retention-days 30] …: what a load takes, by a model with its inputs.
import { parseArgs } from 'node:util'

const SECONDS_PER_DAY = 86_400
const SECONDS_PER_MONTH = 30 * SECONDS_PER_DAY
const [KB, GB, TB] = [1e3, 1e9, 1e12]

/** Each with what it is. CPU seconds and stored bytes are what `npm run bench -- scale` measures; prices are for you to put in. */
export const INPUTS = {
  'events-per-second': [1_000_000, 'events that come in, in the mean of the busiest hour'],
  'mean-share': [0.4, 'the mean of a day as a share of that'],
  'door-cpu-seconds': [4.5, 'CPU seconds of the door for 10,000 events'],
  'worker-cpu-seconds': [19, 'CPU seconds of workers for 10,000 events'],
  'database-cpu-seconds': [8, 'CPU seconds of PostgreSQL for 10,000 events'],
  'stored-bytes': [6_500, 'bytes that a stored event takes in PostgreSQL, indexes included'],
  'wire-bytes': [25_000, 'bytes of an event as it waits in NATS'],
  'admitted-share': [0.1, 'share of the events that quotas and spike protection let through the door'],
  'stored-share': [0.5, 'share of those that is stored: the rest are filtered, or too many of one issue'],
  'retention-days': [30, 'days that events are kept'],
  'busy-share': [0.6, 'how busy a core may be in the mean'],
  'database-cores': [16, 'cores of a PostgreSQL server'],
  'serial-share': [0.3, 'share of the work of PostgreSQL for one project that waits for its turn (assumed)'],
  'stream-bytes-per-second': [150e6, 'bytes a second that one JetStream stream of three replicas takes (assumed)'],
  replicas: [3, 'copies of what waits in NATS'],
  'backlog-minutes': [30, 'how long workers may be away before the door says no'],
  'core-price': [25, 'price of a core for a month'],
  'terabyte-price': [100, 'price of a terabyte of fast disk for a month'],
}

const read = () => {
  const options = Object.fromEntries(
    Object.entries(INPUTS).map(([name, [value]]) => [name, { type: 'string', default: String(value) }]),
  )
  const { values } = parseArgs({ options: { ...options, json: { type: 'boolean', default: false } } })
  return {
    isJson: values.json,
    inputs: Object.fromEntries(Object.keys(INPUTS).map((name) => [name, Number(values[name])])),
  }
}

const coresFor = (eventsPerSecond, cpuSeconds, busyShare) => (eventsPerSecond * cpuSeconds) / 10_000 / busyShare

/** What such a load takes. */
export const plan = (inputs) => {
  const peak = inputs['events-per-second']
  const admitted = peak * inputs['admitted-share']
  const stored = admitted * inputs['stored-share']
  const busy = inputs['busy-share']
  const doorCores = coresFor(peak, inputs['door-cpu-seconds'], busy)
  // What is not stored is parsed, judged and counted: about a third of the work.
  const digested = stored + (admitted - stored) / 3
  const workerCores = coresFor(digested, inputs['worker-cpu-seconds'], busy)
  const databaseCores = coresFor(stored, inputs['database-cpu-seconds'], busy)
  const databases = Math.max(1, Math.ceil(databaseCores / inputs['database-cores']))
  const waitingBytes = admitted * inputs['wire-bytes']
  const streams = Math.max(1, Math.ceil(waitingBytes / inputs['stream-bytes-per-second']))
  const storedPerDay = stored * inputs['mean-share'] * SECONDS_PER_DAY * inputs['stored-bytes']
  const storedBytes = storedPerDay * inputs['retention-days']
  const backlogBytes = waitingBytes * inputs['backlog-minutes'] * 60 * inputs.replicas
  const cores = doorCores + workerCores + databaseCores
  const cost = cores * inputs['core-price'] + ((storedBytes + backlogBytes) / TB) * inputs['terabyte-price']
  return {
    'door: cores': Math.ceil(doorCores),
    'workers: cores': Math.ceil(workerCores),
    'PostgreSQL: cores': Math.ceil(databaseCores),
    'PostgreSQL: servers (shards by project)': databases,
    'one project alone: events/s that one server stores': Math.round(
      (10_000 / inputs['database-cpu-seconds'] / inputs['serial-share']) * busy,
    ),
    'NATS: MB/s into streams': Math.round((waitingBytes / KB / KB) * 10) / 10,
    'NATS: streams (partitions)': streams,
    'NATS: TB for the backlog, all replicas': round(backlogBytes / TB),
    'admitted: events/s': Math.round(admitted),
    'stored: events/s': Math.round(stored),
    'stored: events a day': Math.round(stored * inputs['mean-share'] * SECONDS_PER_DAY),
    'stored: GB a day': round(storedPerDay / GB),
    'stored: TB kept': round(storedBytes / TB),
    'partitions of the event table': inputs['retention-days'] + 2,
    'price of a month': Math.round(cost),
    'price of a million events that came in': round(cost / ((peak * inputs['mean-share'] * SECONDS_PER_MONTH) / 1e6)),
  }
}

const round = (value) => Number(value.toPrecision(3))

const { inputs, isJson } = read()
if (isJson) process.stdout.write(`${JSON.stringify({ inputs, plan: plan(inputs) }, null, 2)}\n`)
else {
  console.log('Inputs (--name value):')
  console.table(
    Object.fromEntries(Object.entries(INPUTS).map(([name, [, about]]) => [name, { value: inputs[name], about }])),
  )
  console.log('What it takes:')
  console.table(plan(inputs))
}
