import type { ArtifactFileJson, ResolvedIssueJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatBytes } from '../figures/units.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { counted, formatCount } from '../ui/numbers.ts'
import { DataTable } from '../ui/data-table.tsx'
import { Loaded } from '../ui/states.tsx'
import { filesQuery, resolvedIssuesQuery } from './uploads-query.ts'

/** The files of an upload, and the issues that can be read by them. */
export const UploadDetails = ({ address, bundleId }: { address: ProjectAddress; bundleId: string }) => {
  const files = useQuery(filesQuery(address, bundleId))
  const issues = useQuery(resolvedIssuesQuery(address, bundleId))
  return (
    <div className="upload-details">
      <Loaded query={files} lines={4} label="Loading files">
        {(found) => <FileTable files={found.files} />}
      </Loaded>
      <Loaded query={issues} lines={2} label="Loading issues">
        {(found) => found.issues.length > 0 && <Issues org={address.org} issues={found.issues} />}
      </Loaded>
    </div>
  )
}

const KINDS = { minified_source: 'script', source_map: 'map' } as const

const stateOf = ({ index, fileType, eventsResolved }: ArtifactFileJson): string => {
  if (index?.status === 'invalid') return `cannot be read: ${index.reason}`
  if (fileType === 'minified_source') return ''
  return eventsResolved > 0 ? `resolved ${counted(eventsResolved, 'event')}` : 'not used yet'
}

const FileTable = ({ files }: { files: ArtifactFileJson[] }) => (
  <DataTable
    label="Files of the upload"
    columns={[
      { title: 'File' },
      { title: 'Kind' },
      { title: 'Debug ID', className: 'wide-only' },
      { title: 'Size', className: 'number' },
      { title: 'Use' },
    ]}
  >
    {files.map((file) => (
      <tr key={file.id}>
        <th scope="row" className="column-name">
          <code className="untrusted">{file.filePath}</code>
        </th>
        <td>{KINDS[file.fileType]}</td>
        <td className="wide-only">
          <code>{file.debugId ?? 'none'}</code>
        </td>
        <td className="number">{formatBytes(file.fileSize)}</td>
        <td className="untrusted">{stateOf(file)}</td>
      </tr>
    ))}
  </DataTable>
)

const Issues = ({ org, issues }: { org: string; issues: ResolvedIssueJson[] }) => (
  <>
    <h3>Issues that can be read by it</h3>
    <ul>
      {issues.map(({ id, title, eventsResolved }) => (
        <li key={id}>
          <Link to="/organizations/$org/issues/$issueId" params={{ org, issueId: id }} className="untrusted">
            {title}
          </Link>{' '}
          <span className="muted">{formatCount(eventsResolved)} of its recent events</span>
        </li>
      ))}
    </ul>
  </>
)
