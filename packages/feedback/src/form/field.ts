import { element } from './element.ts'

export interface Field {
  name: string
  label: string
  value?: string
  /** Said when it is empty; a field without it may be. */
  missing?: string | undefined
  /** Said when the browser finds the value wrong. */
  invalid?: string
  type?: 'text' | 'email' | 'multiline'
  autocomplete?: AutoFill
}

export interface DrawnField {
  root: HTMLElement
  input: HTMLInputElement | HTMLTextAreaElement
  /** Says what is wrong, if anything is. True when nothing is. */
  check(): boolean
  say(problem: string): void
}

// The service keeps as much.
const MAX_CHARS = { text: 200, email: 200, multiline: 4096 } as const

const inputFor = ({ name, type = 'text', value = '', missing, autocomplete = '' }: Field) => {
  const attributes = {
    id: name,
    name,
    part: 'input',
    maxlength: String(MAX_CHARS[type]),
    autocomplete,
    'aria-required': missing === undefined ? '' : 'true',
    'aria-describedby': `${name}-wrong`,
  }
  const input = type === 'multiline' ? element('textarea', attributes) : element('input', { ...attributes, type })
  input.value = value
  return input
}

/** A label, its field, and the place where is said what is wrong with it. */
export const drawField = (field: Field, optional: string): DrawnField => {
  const { name, label, missing, invalid = '' } = field
  const input = inputFor(field)
  const wrong = element('p', { id: `${name}-wrong`, class: 'wrong' })
  const hint = missing === undefined && element('small', {}, ` ${optional}`)
  const say = (problem: string): void => {
    wrong.textContent = problem
    input.setAttribute('aria-invalid', String(problem !== ''))
  }
  const problemOf = (): string => {
    if (input.value.trim() === '') return missing ?? ''
    return input.validity.valid ? '' : invalid
  }
  // Once told that it is wrong, somebody who mends it sees so at once.
  input.addEventListener('input', () => input.getAttribute('aria-invalid') === 'true' && say(problemOf()))
  return {
    root: element('div', { part: 'field' }, element('label', { for: name }, label, hint), input, wrong),
    input,
    say,
    check: () => {
      say(problemOf())
      return problemOf() === ''
    },
  }
}
