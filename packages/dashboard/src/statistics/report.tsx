import { path } from '../api/client.ts'
import { type Period, PERIODS } from '../figures/period.ts'
import type { ProjectAddress } from '../projects/address.ts'

const FORMATS = [
  { format: 'html', name: 'To read or print', isFile: false },
  { format: 'csv', name: 'As a table (CSV)', isFile: true },
  { format: 'json', name: 'For programs (JSON)', isFile: true },
] as const

/** What happened in the period, to take along. */
export const Report = ({ address: { org, project }, period }: { address: ProjectAddress; period: Period }) => {
  const href = (format: string) =>
    `/api/0${path`/projects/${org}/${project}/report/`}?statsPeriod=${period}&format=${format}`
  return (
    <section className="panel" aria-labelledby="report">
      <div className="panel-head">
        <h2 id="report">Report of {PERIODS[period].words}</h2>
      </div>
      <p className="panel-intro">
        Events beside the period before, new and resolved issues, response times, the top issues.
      </p>
      <div className="figures-toolbar">
        {FORMATS.map(({ format, name, isFile }) => (
          <a
            key={format}
            className="button"
            href={href(format)}
            {...(isFile ? { download: `${project}-${period}.${format}` } : { target: '_blank', rel: 'noopener' })}
          >
            {name}
          </a>
        ))}
      </div>
    </section>
  )
}
