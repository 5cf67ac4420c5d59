import { getScope } from '@foghorn/browser'
import { FieldProblems, showForm } from './form/form.ts'
import type { FeedbackOptions, FeedbackOutcome } from './options.ts'
import { send } from './send.ts'
import { takeTurn } from './spam-limit.ts'
import { loadTexts } from './texts/load-texts.ts'

const userOf = ({ user }: FeedbackOptions): { name?: string; email?: string } => {
  const { username, email } = getScope().data.user ?? {}
  return user ?? { ...(username && { name: username }), ...(email && { email }) }
}

/** The form over the page, sent by the SDK. */
export const openForm = async (options: FeedbackOptions): Promise<FeedbackOutcome> => {
  const lang = options.lang || document.documentElement.lang || navigator.language
  const texts = { ...(await loadTexts(lang)), ...options.texts }
  return showForm({
    ...options,
    lang,
    texts,
    user: userOf(options),
    submit: async (told) => {
      if (!takeTurn()) throw new FieldProblems({ message: texts.tooMany })
      return send(told, options)
    },
  })
}
