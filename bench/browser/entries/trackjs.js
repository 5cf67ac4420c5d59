import { TrackJS } from 'trackjs'

TrackJS.install({ token: '0123456789abcdef0123456789abcdef', version: '1.0.0' })
globalThis.bench = { capture: (error) => TrackJS.track(error) }
