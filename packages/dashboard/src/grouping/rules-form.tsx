import type { GroupingRuleJson } from '@foghorn/server'
import { useRef, useState, type FormEvent } from 'react'
import { announce } from '../ui/announcer.tsx'
import { emptyRule, movedUp, toDraft, toRule } from './draft.ts'
import { usePreview, useSaveRules, type ProjectAddress } from './grouping-query.ts'
import { PreviewResult } from './preview-result.tsx'
import { RuleFields } from './rule-fields.tsx'

interface RulesFormProps {
  address: ProjectAddress
  /** What is stored. */
  rules: GroupingRuleJson[]
}

/** The project's rules in the order in which they are tried: what they would do is shown before they are saved. */
export const RulesForm = ({ address, rules }: RulesFormProps) => {
  const [drafts, setDrafts] = useState(() => rules.map(toDraft))
  const nextKey = useRef(rules.length)
  const preview = usePreview(address)
  const save = useSaveRules(address)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { submitter } = event.nativeEvent as SubmitEvent
    const proposed = drafts.map(toRule)
    if ((submitter as HTMLButtonElement | null)?.value === 'save')
      save.mutate(proposed, { onSuccess: () => announce('Rules saved') })
    else preview.mutate({ rules: proposed })
  }
  const failure = preview.error ?? save.error
  return (
    <form className="form" onSubmit={submit}>
      {drafts.map((draft, index) => (
        <RuleFields
          key={draft.key}
          rule={draft}
          onChange={(changed) => setDrafts(drafts.with(index, changed))}
          onRemove={() => setDrafts(drafts.toSpliced(index, 1))}
          onMoveUp={index > 0 ? () => setDrafts(movedUp(drafts, index)) : undefined}
        />
      ))}
      <div className="rule-actions">
        <button type="button" className="button" onClick={() => setDrafts([...drafts, emptyRule(nextKey.current++)])}>
          Add a rule
        </button>
        <button type="submit" className="button" value="preview" aria-disabled={preview.isPending}>
          Preview on recent events
        </button>
        <button type="submit" className="button button-primary" value="save" aria-disabled={save.isPending}>
          Save rules
        </button>
      </div>
      {preview.data && <PreviewResult preview={preview.data} />}
      {failure && (
        <p className="form-error" role="alert">
          {failure.message}
        </p>
      )}
    </form>
  )
}
