import { type FailureGroup, failureGroups } from './failures.ts'

const Group = ({ title, failures }: FailureGroup) => (
  <fieldset>
    <legend>{title}</legend>
    {failures.map(({ id, title: label, run }) => (
      <button key={id} type="button" data-testid={`fail-${id}`} onClick={run}>
        {label}
      </button>
    ))}
  </fieldset>
)

/** One button for each way in which a page can break. */
export const FailurePanel = () => (
  <section className="failures" aria-label="Things that break">
    <h2>Things that break</h2>
    <p className="note">Each button is a real mistake in this shop. Press one, then look at Foghorn.</p>
    <div className="failure-groups">
      {failureGroups.map((group) => (
        <Group key={group.title} {...group} />
      ))}
    </div>
  </section>
)
