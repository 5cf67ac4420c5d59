// Before the SDK loads. The text comes from the harness: it stands nowhere in the page's source.
Promise.reject(new Error(`${globalThis.benchMarker}rejected`))
throw new Error(`${globalThis.benchMarker}thrown`)
