import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'

test('needs nothing', () => {
  expect(readConfig({})).toMatchObject({
    port: 4300,
    host: '127.0.0.1',
    data: resolve('foghorn-data'),
    addressChosen: false,
  })
})

test('flags win over the environment', () => {
  const env = { FOGHORN_PORT: '1', FOGHORN_DATA: '/a', FOGHORN_PUBLIC_URL: 'https://errors.example.com/' }
  expect(readConfig(env, { port: '2', data: undefined })).toMatchObject({
    port: 2,
    data: '/a',
    publicUrl: 'https://errors.example.com',
    addressChosen: true,
  })
})

test('every bad setting is named, with what was found and where it is set', () => {
  expect(() => readConfig({ FOGHORN_PORT: 'many', FOGHORN_PUBLIC_URL: 'nowhere', FOGHORN_LOG_FORMAT: 'xml' })).toThrow(
    [
      'FOGHORN_PORT (or --port) must be a whole number from 0 to 65535; found "many"',
      'FOGHORN_PUBLIC_URL must be a URL such as https://errors.example.com; found "nowhere"',
      'FOGHORN_LOG_FORMAT must be json or pretty; found "xml"',
    ].join('\n'),
  )
  expect(() => readConfig({}, { port: '65536' })).toThrow('65535')
})
