// What the texts of settings may be.
import * as v from 'valibot'

export interface Setting {
  /** Its name in the environment. */
  variable: string
  /** Its name on the command line, where it has one. */
  flag?: string
  /** Reads the text that was set; has the default. Its messages say what is allowed. */
  schema: v.GenericSchema<string | undefined, unknown>
  /** What it decides, in a few words. */
  about: string
  /** Shown to nobody. */
  secret?: true
}

export const wholeNumber = (from: number, to: number) => {
  const message = `must be a whole number from ${from} to ${to}`
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,15}$/, message),
    v.transform(Number),
    v.minValue(from, message),
    v.maxValue(to, message),
  )
}

export const Origin = v.pipe(
  v.string(),
  v.check(
    (text) => /^https?:\/\//i.test(text) && URL.canParse(text),
    'must be a URL such as https://errors.example.com',
  ),
  v.transform((text) => new URL(text).origin),
)

export const listOf = <Item extends v.GenericSchema<string, string>>(item: Item) =>
  v.pipe(
    v.string(),
    v.transform((text) =>
      text
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    ),
    v.array(item),
  )
