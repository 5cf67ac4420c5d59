import { Field } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import type { MatcherDraft } from './draft.ts'

const ON = [
  ['value', 'Message'],
  ['type', 'Type'],
  ['file', 'File'],
  ['function', 'Function'],
  ['url', 'Page address'],
  ['tag', 'Tag'],
] as const

interface MatcherFieldsProps {
  matcher: MatcherDraft
  onChange: (matcher: MatcherDraft) => void
  /** Absent for the only one. */
  onRemove: (() => void) | undefined
}

/** One condition of a rule. */
export const MatcherFields = ({ matcher, onChange, onRemove }: MatcherFieldsProps) => (
  <div className="matcher">
    <Select
      label="Part of the event"
      value={matcher.on}
      options={ON}
      onChange={(on) => onChange({ ...matcher, on: on as MatcherDraft['on'] })}
    />
    {matcher.on === 'tag' && (
      <Field
        label="Tag"
        value={matcher.tag}
        required
        onChange={(event) => onChange({ ...matcher, tag: event.target.value })}
      />
    )}
    <Select
      label="How it is compared"
      value={matcher.negated ? 'not' : 'is'}
      options={[
        ['is', 'is like'],
        ['not', 'is not like'],
      ]}
      onChange={(how) => onChange({ ...matcher, negated: how === 'not' })}
    />
    <Field
      label="Pattern"
      value={matcher.pattern}
      required
      placeholder="*payment*"
      onChange={(event) => onChange({ ...matcher, pattern: event.target.value })}
    />
    {onRemove && (
      <button type="button" className="button button-small" onClick={onRemove}>
        Remove condition
      </button>
    )}
  </div>
)
