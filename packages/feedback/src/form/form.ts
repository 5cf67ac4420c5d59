import type { FeedbackOptions, FeedbackOutcome } from '../options.ts'
import type { Texts } from '../texts/texts.ts'
import { element } from './element.ts'
import { drawField, type DrawnField } from './field.ts'
import { drawPictureField, type PictureField } from './picture-field.ts'
import { formStyles } from './styles.ts'

/** What somebody has told. */
export interface Told {
  name: string
  email: string
  message: string
  picture: Blob | undefined
}

/** What is wrong with single fields, as who took the form in says. */
export class FieldProblems extends Error {
  readonly fields: Partial<Record<'name' | 'email' | 'message', string>>

  constructor(fields: FieldProblems['fields']) {
    super('Some fields need another value.')
    this.fields = fields
  }
}

export interface FormDeps extends Pick<FeedbackOptions, 'theme' | 'user' | 'required' | 'picture'> {
  texts: Texts
  lang: string
  /** Rejects when nothing was sent and nothing was saved. */
  submit: (told: Told) => Promise<'sent' | 'saved'>
}

const isDark = (theme: FormDeps['theme']): boolean =>
  theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)

const drawHost = ({ lang, theme }: FormDeps): HTMLElement =>
  element('foghorn-feedback-form' as 'div', {
    lang,
    dir: getComputedStyle(document.documentElement).direction,
    theme: isDark(theme) ? 'dark' : 'light',
  })

type Fields = Record<'name' | 'email' | 'message', DrawnField>

const drawFields = ({ texts, user, required = [] }: FormDeps): Fields => {
  const draw = (field: Parameters<typeof drawField>[0]): DrawnField => drawField(field, texts.optional)
  const needed = (name: 'name' | 'email', missing: string): string | undefined =>
    required.includes(name) ? missing : undefined
  // In the order in which they stand: the first that is wrong gets the focus.
  return {
    message: draw({ name: 'message', label: texts.message, type: 'multiline', missing: texts.messageMissing }),
    name: draw({
      name: 'name',
      label: texts.name,
      value: user?.name ?? '',
      missing: needed('name', texts.nameMissing),
      autocomplete: 'name',
    }),
    email: draw({
      name: 'email',
      label: texts.email,
      value: user?.email ?? '',
      type: 'email',
      missing: needed('email', texts.emailMissing),
      invalid: texts.emailInvalid,
      autocomplete: 'email',
    }),
  }
}

const button = (text: string, part: string, onclick: () => void): HTMLButtonElement =>
  element('button', { type: 'button', part, onclick }, text)

interface Drawn {
  dialog: HTMLDialogElement
  form: HTMLFormElement
  send: HTMLButtonElement
  /** Read out by screen readers as it changes. */
  status: HTMLElement
}

const drawDialog = ({ texts }: FormDeps, content: Node[]): Drawn => {
  const status = element('p', { role: 'status', part: 'status' })
  const send = element('button', { type: 'submit', part: 'send' }, texts.send)
  const cancel = button(texts.cancel, 'cancel', () => dialog.close())
  const buttons = element('div', { class: 'row end' }, cancel, send)
  const form = element('form', { novalidate: true, part: 'form' }, ...content, status, buttons)
  const intro = texts.intro !== '' && element('p', { id: 'intro' }, texts.intro)
  const dialog = element(
    'dialog',
    { part: 'dialog', 'aria-labelledby': 'title', 'aria-describedby': texts.intro && 'intro' },
    element('h2', { id: 'title', part: 'title' }, texts.title),
    intro,
    form,
  )
  return { dialog, form, send, status }
}

/** Thanks in place of the fields. */
const conclude = ({ dialog, form, status }: Drawn, { texts }: FormDeps, outcome: 'sent' | 'saved'): void => {
  const close = button(texts.close, 'close', () => dialog.close())
  form.replaceChildren(status, element('div', { class: 'row end' }, close))
  status.textContent = texts[outcome]
  close.focus()
}

const checkAll = (fields: Fields): boolean => {
  const wrong = Object.values(fields).filter((field) => !field.check())
  wrong[0]?.input.focus()
  return wrong.length === 0
}

const explain = (failure: unknown, fields: Fields, { texts }: FormDeps): string => {
  if (!(failure instanceof FieldProblems)) return texts.failed
  for (const [name, problem] of Object.entries(failure.fields)) fields[name as keyof Fields].say(problem)
  return ''
}

const toldIn = (fields: Fields, picture: Blob | undefined): Told => ({
  name: fields.name.input.value.trim(),
  email: fields.email.input.value.trim(),
  message: fields.message.input.value.trim(),
  picture,
})

/** Shows the form; resolves when it is gone. */
export const showForm = (deps: FormDeps): Promise<FeedbackOutcome> => {
  const { texts } = deps
  const fields = drawFields(deps)
  const picture: PictureField | undefined = deps.picture === false ? undefined : drawPictureField(texts)
  const drawn = drawDialog(deps, [...Object.values(fields).map(({ root }) => root), ...(picture ? [picture.root] : [])])
  const { dialog, form, send, status } = drawn
  let outcome: FeedbackOutcome = 'closed'

  const submit = async (): Promise<void> => {
    if (send.ariaDisabled === 'true' || !checkAll(fields)) return
    // Not `disabled`: that would take the focus away from who has just pressed it.
    send.ariaDisabled = 'true'
    status.textContent = texts.sending
    try {
      outcome = await deps.submit(toldIn(fields, await picture?.read()))
      conclude(drawn, deps, outcome)
    } catch (failure) {
      status.textContent = explain(failure, fields, deps)
      send.ariaDisabled = 'false'
    }
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void submit()
  })

  const host = drawHost(deps)
  const root = host.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [formStyles()]
  root.append(dialog)
  document.body.append(host)
  dialog.showModal()
  fields.message.input.focus()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      host.remove()
      resolve(outcome)
    })
  })
}
