import { describe, expect, test } from 'vitest'
import { namesIn } from '../src/navigation/place.ts'
import { stepsOf, uploadCommands, WAYS, type Site, type Way } from '../src/projects/snippets.ts'
import { fromLines, toLines, toNumber } from '../src/settings/lines.ts'

describe('the names in an address', () => {
  test.each([
    ['/organizations/acme/issues', { org: 'acme' }],
    ['/organizations/acme/projects/shop/alerts', { org: 'acme', project: 'shop' }],
    ['/organizations/acme/projects', { org: 'acme' }],
    // The page that makes a project is no page of one.
    ['/organizations/acme/projects/new', { org: 'acme' }],
    ['/profile', {}],
  ])('%s', (pathname, names) => {
    const { org, project } = namesIn(pathname)
    expect({ ...(org && { org }), ...(project && { project }) }).toEqual(names)
  })
})

test('texts are edited one a line, and empty lines are none', () => {
  expect(fromLines(' https://shop.example \n\n*.shop.example\n')).toEqual(['https://shop.example', '*.shop.example'])
  expect(fromLines(toLines(['a', 'b']))).toEqual(['a', 'b'])
  expect([toNumber(''), toNumber(' '), toNumber('12')]).toEqual([null, null, 12])
})

describe('snippets', () => {
  const site: Site = {
    origin: 'https://errors.example.com',
    publicKey: 'a'.repeat(32),
    dsn: `https://${'a'.repeat(32)}@errors.example.com/7`,
    org: 'acme',
    project: 'shop',
  }

  test.each(Object.keys(WAYS) as Way[])('of %s name this project and leave nothing to fill in', (way) => {
    const code = stepsOf[way](site)
      .map((step) => step.code)
      .join('\n')
    expect(code).toContain(way === 'script' ? `/js/${site.publicKey}.js` : `init({ dsn: '${site.dsn}' })`)
    expect(code).not.toMatch(/…|<your|TODO/i)
  })

  test('of an upload name the service, the organization and the project', () => {
    expect(uploadCommands(site)).toContain('FOGHORN_URL=https://errors.example.com')
    expect(uploadCommands(site)).toContain('--org acme --project shop')
  })
})
