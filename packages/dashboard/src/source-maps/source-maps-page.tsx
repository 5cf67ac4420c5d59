import { getRouteApi } from '@tanstack/react-router'
import { ProjectPage } from '../figures/project-page.tsx'
import { CheckForm } from './check-form.tsx'
import { Coverage } from './coverage.tsx'
import { readSourceMapsSearch } from './search.ts'
import { Uploads } from './uploads.tsx'
import './source-maps.css'

const route = getRouteApi('/signed-in/organizations/$org/projects/$project/source-maps')

/** Whether stacks can be read, why some cannot, and what was uploaded for that. */
export const SourceMapsPage = () => {
  const address = route.useParams()
  const { release, query } = route.useSearch()
  const navigate = route.useNavigate()
  const change = (changed: Record<string, string | undefined>) =>
    void navigate({ search: (before) => readSourceMapsSearch({ ...before, ...changed }), replace: true })
  return (
    <ProjectPage title="Source maps" project={address.project}>
      {release !== undefined && (
        <p className="figures-toolbar">
          <span className="narrowing">
            <span className="untrusted">Release: {release}</span>
            <button
              type="button"
              className="icon-button"
              aria-label="Show every release again"
              onClick={() => change({ release: undefined })}
            >
              ×
            </button>
          </span>
        </p>
      )}
      <Coverage address={address} release={release} />
      <Uploads
        address={address}
        narrowed={{ release, query }}
        onSearch={(next) => change({ query: next })}
        onRelease={(next) => change({ release: next })}
      />
      <CheckForm address={address} release={release} />
    </ProjectPage>
  )
}
