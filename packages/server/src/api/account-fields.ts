import * as v from 'valibot'
import { MIN_PASSWORD_CHARS } from '../accounts/password.ts'

export const PersonName = v.pipe(v.string(), v.trim(), v.minLength(1, 'Tell us your name.'), v.maxLength(100))

/** One that somebody chooses. */
export const NewPassword = v.pipe(
  v.string(),
  v.minLength(MIN_PASSWORD_CHARS, `Use at least ${MIN_PASSWORD_CHARS} characters.`),
  v.maxLength(1000),
)
