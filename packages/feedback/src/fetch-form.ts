// In the script-tag build, this takes the place of `open-form.ts`: the form is a file of its own, beside the button's.
import type { FeedbackOptions, FeedbackOutcome } from './options.ts'

/** Hash of that file; the build puts it in. */
declare const __FORM__: string

interface Page {
  Foghorn: { feedbackForm?: { openForm: (options: FeedbackOptions) => Promise<FeedbackOutcome> } }
}

const own = globalThis.document?.currentScript as HTMLScriptElement | null | undefined

const fetchForm = (): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = new URL('foghorn.feedbackForm.min.js', own?.src).href
    script.integrity = `sha384-${__FORM__}`
    script.crossOrigin = 'anonymous'
    script.addEventListener('load', resolve)
    script.addEventListener('error', () => reject(new Error(`The feedback form cannot be had from ${script.src}.`)))
    document.head.append(script)
  })

/** The form over the page, once it is here. */
export const openForm = async (options: FeedbackOptions): Promise<FeedbackOutcome> => {
  const { Foghorn } = globalThis as unknown as Page
  if (!Foghorn.feedbackForm) await fetchForm()
  return Foghorn.feedbackForm!.openForm(options)
}
