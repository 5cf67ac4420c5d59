import { chromium, firefox, type Browser } from 'playwright'
// @ts-expect-error plain JavaScript, shared with the build scripts
import { CHROMIUM_ARGS, ensureChromium, findFirefox, findWebkit } from '../../../../scripts/browsers.mjs'

/** With flags of the test's own, when there are any. */
export const launchChromium = async (flags: string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: await ensureChromium(),
    chromiumSandbox: false,
    args: [...CHROMIUM_ARGS, ...flags],
  })

/** Path of a Firefox, if there is one. */
export const firefoxPath: string | undefined = findFirefox()

/** Path of WebKit's WebDriver, if there is one. */
export const webkitDriverPath: string | undefined = findWebkit()

export const launchFirefox = (): Promise<Browser> =>
  firefox.launch({ channel: 'moz-firefox', executablePath: firefoxPath! })
