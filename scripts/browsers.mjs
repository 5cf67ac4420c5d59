// Finds real browsers for the tests, and installs Chromium where none is. Imports nothing that npm has to bring first.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const CHROMIUM = {
  variable: 'FOGHORN_CHROMIUM',
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  places: [
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
}

const FIREFOX = {
  variable: 'FOGHORN_FIREFOX',
  names: ['firefox-esr', 'firefox'],
  places: ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
}

const WEBKIT = {
  variable: 'FOGHORN_WEBKIT',
  names: ['WebKitWebDriver'],
  places: ['/usr/bin/WebKitWebDriver', '/usr/bin/safaridriver'],
}

/** Flags for a browser under test: no sandbox inside containers, no calls home. */
export const CHROMIUM_ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const fromEnvironment = (variable) => {
  const path = process.env[variable]
  if (!path) return undefined
  if (existsSync(path)) return path
  throw new Error(`${variable} is ${path}, where there is no file. Set it to a browser's path, or unset it.`)
}

/** Playwright's own download, when it is there. */
const fromPlaywright = async () => {
  const playwright = await import('playwright').catch(() => undefined)
  const path = playwright?.chromium.executablePath()
  return path && existsSync(path) ? path : undefined
}

const onPath = (names) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path))

const installed = ({ names, places }) => onPath(names) ?? places.find((path) => existsSync(path))

/** The path of a Chromium or Chrome: FOGHORN_CHROMIUM, Playwright's download, one on PATH, or in a usual place. Undefined when there is none. */
export const findChromium = async () =>
  fromEnvironment(CHROMIUM.variable) ?? (await fromPlaywright()) ?? installed(CHROMIUM)

// Playwright drives a stock Firefox by commands that older ones do not know (checked 2026-11: 140 lacks network.addDataCollector).
const FIREFOX_SINCE = 143

const versionOf = (path) =>
  Number(/(\d+)\./.exec(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 0)

const isNewEnough = (path) => versionOf(path) >= FIREFOX_SINCE

/**
 * The path of a stock Firefox, which Playwright drives through its `moz-firefox` channel: FOGHORN_FIREFOX, on PATH, or in a
 * usual place. Undefined when there is none, or one that is too old to be driven.
 */
export const findFirefox = () => {
  const path = fromEnvironment(FIREFOX.variable) ?? installed(FIREFOX)
  return path !== undefined && isNewEnough(path) ? path : undefined
}

/** The path of the WebDriver of WebKitGTK or Safari: FOGHORN_WEBKIT, on PATH, or in a usual place. */
export const findWebkit = () => fromEnvironment(WEBKIT.variable) ?? installed(WEBKIT)

const run = (command, args) => {
  process.stdout.write(`> ${command} ${args.join(' ')}\n`)
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0
}

const isRootOnDebian = () => process.getuid?.() === 0 && existsSync('/etc/debian_version')

const installFromDebian = () =>
  isRootOnDebian() &&
  run('apt-get', ['update']) &&
  run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])

/** Like findChromium, but installs one when there is none: by Playwright, else by apt where we may. Throws when that fails too. */
export const ensureChromium = async () => {
  const found = await findChromium()
  if (found) return found
  process.stdout.write('No Chromium found: installing one.\n')
  if (!run('npx', ['playwright', 'install', 'chromium'])) installFromDebian()
  const added = await findChromium()
  if (added) return added
  throw new Error(
    'No Chromium, and none could be installed. Install Chromium or Chrome, or set FOGHORN_CHROMIUM to its path.',
  )
}
