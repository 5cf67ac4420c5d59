// What the service answers with when a page asks it for the dialog after a crash. No SDK of ours needs to be there.
import { FieldProblems, showForm, type Told } from './form/form.ts'
import type { FeedbackOutcome } from './options.ts'
import { loadTexts } from './texts/load-texts.ts'
import type { Texts } from './texts/texts.ts'

/** What the page asked for. */
export interface ReportDialog {
  lang: string
  user: { name: string; email: string }
  /** Texts of the page's own. */
  texts: Partial<Texts>
}

interface Refusal {
  errors?: { name?: string[]; email?: string[]; comments?: string[] }
}

const problemsIn = ({ errors = {} }: Refusal): FieldProblems['fields'] => {
  const { name, email, comments } = errors
  return {
    ...(name?.[0] && { name: name[0] }),
    ...(email?.[0] && { email: email[0] }),
    ...(comments?.[0] && { message: comments[0] }),
  }
}

const post = async (url: string, { name, email, message }: Told): Promise<'sent'> => {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams({ name, email, comments: message }) })
  if (response.ok) return 'sent'
  if (response.status === 400) throw new FieldProblems(problemsIn((await response.json()) as Refusal))
  throw new Error(`The service answered ${response.status}.`)
}

/** Shows the dialog, and tells the page when it is closed, in the words that SDKs listen for. */
export const open = async ({ lang, user, texts }: ReportDialog): Promise<FeedbackOutcome> => {
  // What is told goes to the address that this script came from: it names the project and the event.
  const { src } = document.currentScript as HTMLScriptElement
  const language = lang || document.documentElement.lang || navigator.language
  const known = await loadTexts(language)
  const outcome = await showForm({
    lang: language,
    user,
    texts: { ...known, title: known.crashTitle, intro: known.crashIntro, ...texts },
    picture: false,
    submit: (told) => post(src, told),
  })
  window.postMessage('__sentry_reportdialog_closed__', '*')
  return outcome
}
