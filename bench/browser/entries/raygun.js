import raygun from 'raygun4js'

raygun('apiKey', '0123456789abcdef')
raygun('enableCrashReporting', true)
raygun('setVersion', '1.0.0')
globalThis.bench = { capture: (error) => raygun('send', error) }
