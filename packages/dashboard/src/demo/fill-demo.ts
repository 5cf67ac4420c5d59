import type { ProjectJson, ProjectKeyJson } from '@foghorn/server'
import { ApiError, getFile, getJson, path, postJson, postRaw } from '../api/client.ts'
import { createProject } from '../projects/projects-query.ts'
import { sendEnvelope } from '../projects/send-envelope.ts'
import { demoItems, type Failures } from './demo-items.ts'

const SLUGS = ['demo', ...Array.from({ length: 20 }, (_, index) => `demo-${index + 2}`)]

/** A project of its own, beside those of others who looked at the demo. */
const createDemo = async (org: string): Promise<ProjectJson> => {
  const taken = new Set((await getJson<ProjectJson[]>(path`/organizations/${org}/projects/`)).map(({ slug }) => slug))
  const slug = SLUGS.find((candidate) => !taken.has(candidate))
  if (slug === undefined)
    throw new ApiError(400, { detail: 'There are many demo projects already. Delete some first.' })
  return createProject(org, { slug, name: 'Demo: ferries' })
}

interface Assembled {
  state: string
  detail: string | null
}

const POLL_MS = 500
const POLLS = 60

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Uploads the demo's script and map as a build would, and waits until frames can be read with it. */
const uploadMaps = async (org: string, project: string, checksum: string): Promise<void> => {
  const form = new FormData()
  form.append('file', await (await getFile('/demo/maps.zip')).blob(), checksum)
  await postRaw(`/api/0${path`/organizations/${org}/chunk-upload/`}`, form)
  const wish = { checksum, chunks: [checksum], projects: [project] }
  for (let asked = 0; asked < POLLS; asked += 1) {
    const { state, detail } = await postJson<Assembled>(path`/organizations/${org}/artifactbundle/assemble/`, wish)
    if (state === 'ok') return
    if (state === 'error') throw new ApiError(400, { detail: detail ?? 'The upload failed. Try again.' })
    await pause(POLL_MS)
  }
  throw new ApiError(503, { detail: 'The service has not finished with the upload. Try again.' })
}

// What the service takes in one envelope.
const AT_ONCE = 50

/**
 * Makes a project and fills it the way an app does: its build's maps are uploaded, and what befell its visitors is sent
 * through the door that every client uses.
 */
export const fillDemo = async (org: string): Promise<ProjectJson> => {
  const failures = (await (await getFile('/demo/failures.json')).json()) as Failures
  const project = await createDemo(org)
  await uploadMaps(org, project.slug, failures.checksum)
  const [key] = await getJson<ProjectKeyJson[]>(path`/projects/${org}/${project.slug}/keys/`)
  const items = demoItems(failures)
  if (key)
    for (let from = 0; from < items.length; from += AT_ONCE) await sendEnvelope(key, items.slice(from, from + AT_ONCE))
  return project
}
