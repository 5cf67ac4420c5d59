import type { Service } from '../service.ts'
import type { Answer, ResolveScripts } from './judge.ts'

export interface AskOptions {
  org: string
  project: string
  release?: string
  dist?: string
}

const AT_ONCE = 100

/** Has the service say what it would make of frames in these scripts. */
export const askService = (service: Service, { org, project, release, dist }: AskOptions): ResolveScripts => {
  const path = `/api/0/projects/${encodeURIComponent(org)}/${encodeURIComponent(project)}/sourcemaps/check/`
  return async (scripts) => {
    const answers: Answer[] = []
    for (let start = 0; start < scripts.length; start += AT_ONCE) {
      const body = { scripts: scripts.slice(start, start + AT_ONCE), release, dist }
      const answer = (await service.postJson(path, body)) as { scripts: Answer[] }
      answers.push(...answer.scripts)
    }
    return answers
  }
}
