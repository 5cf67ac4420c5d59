import { Field } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { emptyMatcher, type MatcherDraft, type RuleDraft } from './draft.ts'
import { MatcherFields } from './matcher-fields.tsx'

const LEVELS = ['fatal', 'error', 'warning', 'info', 'debug'] as const

interface RuleFieldsProps {
  rule: RuleDraft
  onChange: (rule: RuleDraft) => void
  onRemove: () => void
  /** Absent for the first one. */
  onMoveUp: (() => void) | undefined
}

/** One rule: its conditions, then what becomes of the events for which all of them hold. */
export const RuleFields = ({ rule, onChange, onRemove, onMoveUp }: RuleFieldsProps) => (
  <fieldset className="card rule">
    <legend>{rule.name || 'New rule'}</legend>
    <Field
      label="Name"
      value={rule.name}
      required
      onChange={(event) => onChange({ ...rule, name: event.target.value })}
    />
    <Conditions matchers={rule.matchers} onChange={(matchers) => onChange({ ...rule, matchers })} />
    <Action rule={rule} onChange={onChange} />
    <div className="rule-actions">
      {onMoveUp && (
        <button type="button" className="button button-small" onClick={onMoveUp}>
          Move up
        </button>
      )}
      <button type="button" className="button button-small" onClick={onRemove}>
        Remove rule
      </button>
    </div>
  </fieldset>
)

interface ConditionsProps {
  matchers: MatcherDraft[]
  onChange: (matchers: MatcherDraft[]) => void
}

const Conditions = ({ matchers, onChange }: ConditionsProps) => (
  <>
    <h3>When all of these hold</h3>
    {matchers.map((matcher, index) => (
      <MatcherFields
        key={index}
        matcher={matcher}
        onChange={(changed) => onChange(matchers.with(index, changed))}
        onRemove={matchers.length > 1 ? () => onChange(matchers.toSpliced(index, 1)) : undefined}
      />
    ))}
    <button type="button" className="button button-small" onClick={() => onChange([...matchers, emptyMatcher()])}>
      Add a condition
    </button>
  </>
)

const Action = ({ rule, onChange }: Pick<RuleFieldsProps, 'rule' | 'onChange'>) => (
  <>
    <h3>Then</h3>
    <Field
      label="Fingerprint"
      value={rule.fingerprint}
      hint="Makes one issue of them. Parts with commas between; {{ default }} stands for what stack or message give."
      onChange={(event) => onChange({ ...rule, fingerprint: event.target.value })}
    />
    <div className="matcher">
      <Select
        label="Frames that match file and function"
        value={rule.inApp}
        options={[
          ['', 'Frames stay as they are'],
          ['yes', 'Frames are your own code'],
          ['no', 'Frames are not your own code'],
        ]}
        onChange={(inApp) => onChange({ ...rule, inApp: inApp as RuleDraft['inApp'] })}
      />
      <Select
        label="Level"
        value={rule.level}
        options={[['', 'Level stays as it is'], ...LEVELS.map((level) => [level, `Level ${level}`] as const)]}
        onChange={(level) => onChange({ ...rule, level })}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={rule.drop}
          onChange={(event) => onChange({ ...rule, drop: event.target.checked })}
        />{' '}
        Count new events, and do not keep them
      </label>
    </div>
  </>
)
