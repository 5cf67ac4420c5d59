import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createLogIn } from '../accounts/log-in.ts'
import { chooseSignOn } from '../accounts/choose-sign-on.ts'
import { createLink } from '../accounts/one-time-link.ts'
import type { WebDeps } from '../app-deps.ts'
import { limitsOf } from '../config.ts'
import { createLive } from '../live/live.ts'
import { readAssets, type Asset } from '../pages/assets.ts'
import type { Stores } from '../stores.ts'
import type { Process } from './process.ts'
import type { Shared } from './shared.ts'

const assetsOf = (packageName: string): ReadonlyMap<string, Asset> => {
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`)
  return readAssets(join(dirname(manifest), 'dist'))
}

/** How soon whoever has a page open sees what changed. */
const LOOK_EVERY_MS = 1000

/** What answers people and programs. */
export const openWeb = async ({ config, onFailure, publicUrl }: Process, shared: Shared): Promise<WebDeps> => {
  const { stores, extensions, deadLetters, alerting } = await shared.office()
  return {
    ...stores,
    inbox: await shared.inbox(),
    deadLetters,
    extensions,
    live: createLive(stores.issueChanges, { everyMs: LOOK_EVERY_MS, onFailure }),
    deliver: alerting.deliver,
    openSystem: alerting.openSystem,
    logIn: createLogIn(stores.accounts, Date.now),
    signOn: chooseSignOn(config, stores, { onFailure, now: Date.now }),
    dashboard: assetsOf('@foghorn/dashboard'),
    docs: assetsOf('@foghorn/docs'),
    sdk: assetsOf('@foghorn/browser'),
    widget: assetsOf('@foghorn/feedback'),
    limits: limitsOf(config),
    publicUrl,
    now: Date.now,
    onFailure,
  }
}

/** The address of the page that makes the first account; undefined once there is one. */
export const createSetupUrl = async (stores: Stores, url: string): Promise<string | undefined> => {
  if ((await stores.accounts.count()) > 0) return undefined
  const secret = await createLink(stores.accounts, { purpose: 'setup', accountId: null }, Date.now())
  return `${url}/setup?token=${secret}`
}
