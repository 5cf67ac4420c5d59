import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foghorn, startService, type Service } from './service.ts'
import { temporaryFolder } from './program.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await foghorn([...args, '--data', service.data, '--json'])
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout)
}

describe('while the service runs', () => {
  test('a project is made, and given back as it is the second time', async () => {
    const made = await json('project', 'create', 'acme/site')
    expect(made).toEqual({
      id: expect.stringMatching(/^\d+$/),
      slug: 'site',
      org: 'acme',
      dsn: `${service.url().replace('://', `://${made.publicKey}@`)}/${made.id}`,
      publicKey: expect.stringMatching(/^[\da-f]{32}$/),
    })
    expect(await json('project', 'create', 'acme/site')).toEqual(made)
  })

  test('a token is made that opens just what it was made for', async () => {
    const { token } = await json('token', 'create', '--org', 'acme', '--scope', 'org:read')
    const ask = (path: string) => fetch(`${service.url()}${path}`, { headers: { authorization: `Bearer ${token}` } })
    expect((await ask('/api/0/organizations/acme/')).status).toBe(200)
    expect((await ask('/api/0/organizations/acme/chunk-upload/')).status).toBe(403)
  })

  test('an account is made with an invitation', async () => {
    const made = await json('user', 'create', '--email', 'ada@acme.test', '--role', 'member')
    expect(made).toMatchObject({
      email: 'ada@acme.test',
      inviteUrl: expect.stringContaining(`${service.url()}/setup?token=`),
    })
  })
})

describe('what cannot be done is said in one sentence', () => {
  test.each([
    [['project', 'create', 'shop'], '"shop" is not <org>/<slug>. Write it like: foghorn project create acme/shop'],
    [['project', 'create', 'Acme/shop'], 'The organization "Acme" must be small letters'],
    [['token', 'create', '--org', 'nobody'], 'There is no organization nobody.'],
    [['token', 'create', '--org', 'acme', '--scope', 'everything'], 'Unknown scope everything.'],
    [['user', 'create', '--email', 'b@acme.test', '--role', 'king'], 'Unknown role king.'],
  ])('%j', async (args, message) => {
    const { code, stderr, stdout } = await foghorn([...args, '--data', service.data])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('a bug of foghorn')
  })

  test('a port that is taken', async () => {
    const { port } = new URL(service.url())
    const { code, stderr } = await foghorn(['serve', '--port', port, '--data', temporaryFolder()])
    expect(code).toBe(1)
    expect(stderr).toContain(`Port ${port} of 127.0.0.1 is taken.`)
    expect(stderr).not.toContain('a bug of foghorn')
  })

  test('a setting that makes no sense', async () => {
    const { code, stderr } = await foghorn(['serve', '--port', 'many'])
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('FOGHORN_PORT (or --port) must be a whole number from 0 to 65535; found "many"'),
    ])
  })
})
