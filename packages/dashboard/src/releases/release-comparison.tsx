import type { ReleaseStateJson } from '@foghorn/server'
import { Link } from '@tanstack/react-router'
import { ChangeMark } from '../figures/tile.tsx'
import type { ProjectAddress } from '../projects/address.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { compare } from './comparison.ts'

interface ReleaseComparisonProps {
  address: ProjectAddress
  summary: ReleaseStateJson
  previous: ReleaseStateJson
  words: string
}

/** The release beside the one before it. */
export const ReleaseComparison = ({ address, summary, previous, words }: ReleaseComparisonProps) => (
  <section className="panel" aria-labelledby="comparison">
    <div className="panel-head">
      <h2 id="comparison">Beside the release before, in {words}</h2>
    </div>
    <ScrollArea className="table-area" label="The release beside the one before">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col" className="number">
              This
            </th>
            <th scope="col" className="number">
              <Link
                to="/organizations/$org/projects/$project/releases/$version"
                params={{ ...address, version: previous.version }}
                className="untrusted"
              >
                {previous.version}
              </Link>
            </th>
            <th scope="col" className="number">
              Change
            </th>
          </tr>
        </thead>
        <tbody>
          {compare(summary, previous).map(({ name, now, before, change, better }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="number">{now}</td>
              <td className="number">{before}</td>
              <td className="number">{change ? <ChangeMark change={change} {...(better && { better })} /> : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  </section>
)
