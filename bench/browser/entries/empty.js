globalThis.bench = { capture: () => {} }
