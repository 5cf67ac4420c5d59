import { expect, test } from 'vitest'
import { pageVitals } from '../src/issue/page-vitals.ts'

test('vitals of a page load are shown with their names and units; what is none is left out', () => {
  const context = {
    fcp: { value: 640, unit: 'millisecond' },
    cls: { value: 0.04, unit: '' },
    lcp: 'soon',
    other: { value: 1 },
  }
  expect(pageVitals(context)).toEqual([
    ['FCP', expect.stringContaining('640')],
    ['CLS', '0.04'],
  ])
  expect(pageVitals(null)).toEqual([])
  expect(pageVitals('<b>')).toEqual([])
})
