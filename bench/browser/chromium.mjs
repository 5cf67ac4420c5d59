import { chromium } from 'playwright'
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/browsers.mjs'

/** A Chromium for which every host is the site at this port. */
export const launch = async (port, args = []) =>
  chromium.launch({
    executablePath: await ensureChromium(),
    chromiumSandbox: false,
    args: [...CHROMIUM_ARGS, `--host-resolver-rules=MAP * 127.0.0.1:${port}`, '--ignore-certificate-errors', ...args],
  })
