import { maskSecrets } from '../enrich/mask.ts'
import { readText } from '../enrich/read.ts'
import { listen, type Signal, type Source } from '../source.ts'

/** What such an event tells: only the element, never why. Undefined for other events of that name. */
export const signalOfFailedResource = ({ target }: Event): Signal | undefined => {
  const url = readText(target, 'src') || readText(target, 'href')
  if (!(target instanceof Element) || !url) return
  return {
    value: { name: 'ResourceError', message: `<${target.localName}> failed to load: ${maskSecrets(url)}` },
    by: 'resource',
  }
}

/** Scripts, styles, images and media that could not be loaded. Their events do not bubble. */
export const failedResources = (): Source => (emit) =>
  listen(
    globalThis,
    'error',
    (event) => {
      const signal = signalOfFailedResource(event)
      if (signal) emit.capture(signal)
    },
    { capture: true },
  )
