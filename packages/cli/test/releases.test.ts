import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from './program.ts'
import { createRepository } from './repository.ts'
import { foghorn, startService, type Service } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const releases = async (args: string[], env: Record<string, string> = {}): Promise<string> => {
  const { code, stdout, stderr } = await foghorn(['releases', ...args], { ...service.env(), ...env })
  expect(code, stderr).toBe(0)
  return stdout.trim()
}

const read = async (version: string, part = ''): Promise<any> => {
  const path = `/api/0/organizations/acme/releases/${encodeURIComponent(version)}/${part}`
  const response = await fetch(service.url() + path, { headers: { authorization: `Bearer ${service.token}` } })
  return response.json()
}

test('a release is made, goes out and is deployed', async () => {
  expect(await releases(['new', 'web@1.2.3+45'])).toBe('web@1.2.3+45')
  expect(await read('web@1.2.3+45')).toMatchObject({ dateReleased: null, projects: [{ slug: 'shop' }] })
  await releases(['finalize', 'web@1.2.3+45'])
  expect(Date.parse((await read('web@1.2.3+45')).dateReleased)).not.toBeNaN()
  expect(await releases(['deploys', 'web@1.2.3+45', '-e', 'production'])).toContain('production')
  expect(JSON.parse(await releases(['list', '--json']))).toMatchObject([{ version: 'web@1.2.3+45' }])
})

test('its commits are those since the release before', async () => {
  const repository = createRepository()
  repository.write('cart.ts', '1')
  mkdirSync(join(repository.folder, 'src'))
  repository.commit('Begin')
  await releases(['new', 'commits@1'])
  expect(await releases(['set-commits', 'commits@1', '--repo', repository.folder])).toBe(
    'Release commits@1 has 1 commit.',
  )
  renameSync(join(repository.folder, 'cart.ts'), join(repository.folder, 'src/wagen ö.ts'))
  const second = repository.commit('Move the cart\n\nBecause of "quotes" and\ttabs')
  repository.write('new.ts', '2')
  const third = repository.commit('Add')
  await releases(['new', 'commits@2'])
  await releases(['set-commits', 'commits@2', '--repo', repository.folder])
  const commits = await read('commits@2', 'commits/')
  expect(commits.map(({ id }: { id: string }) => id)).toEqual([third, second])
  expect(commits[1]).toMatchObject({
    message: 'Move the cart\n\nBecause of "quotes" and\ttabs',
    author: { name: 'Ada Ö', email: 'ada@acme.test' },
    repository: { name: 'acme/shop' },
    patchSet: [
      { path: 'cart.ts', type: 'D' },
      { path: 'src/wagen ö.ts', type: 'A' },
    ],
  })
})

test.each([
  ['GitHub Actions', { GITHUB_ACTIONS: 'true', GITHUB_SHA: 'a'.repeat(40) }, 'a'.repeat(40)],
  ['GitLab CI', { GITLAB_CI: 'true', CI_COMMIT_SHA: 'b'.repeat(40) }, 'b'.repeat(40)],
  ['CircleCI', { CIRCLECI: 'true', CIRCLE_SHA1: 'c'.repeat(40) }, 'c'.repeat(40)],
  ['Jenkins', { JENKINS_URL: 'http://ci.test', GIT_COMMIT: 'd'.repeat(40) }, 'd'.repeat(40)],
  ['any, when it is set', { GITHUB_ACTIONS: 'true', GITHUB_SHA: 'a'.repeat(40), FOGHORN_RELEASE: 'web@9' }, 'web@9'],
])('without a version, a release is named after the commit of %s', async (_ci, env, version) => {
  expect(await releases(['new'], env)).toBe(version)
})

test('a folder that is no checkout is said to be none', async () => {
  const { code, stderr } = await foghorn(
    ['releases', 'set-commits', 'web@1', '--repo', temporaryFolder()],
    service.env(),
  )
  expect([code, stderr]).toEqual([1, expect.stringContaining('git log failed in')])
})

test.each(['a/b', '..'])('%j cannot be a version', async (version) => {
  const { code, stderr } = await foghorn(['releases', 'new', version], service.env())
  expect([code, stderr]).toEqual([1, expect.stringContaining('cannot be a release')])
})
