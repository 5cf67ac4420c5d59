import { secretNames } from './secret-names.ts'
import { scrubParameters, scrubValues, SECRETS } from './secret-values.ts'

const isSecretName = secretNames()

/** A text about a failure: errors quote what they failed on, addresses with credentials, tokens, whole requests. */
export const withoutSecrets = (text: string): string => scrubValues(scrubParameters(text, isSecretName), SECRETS)
