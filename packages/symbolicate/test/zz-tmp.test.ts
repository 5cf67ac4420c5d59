import { test } from 'vitest'
import { writeFileSync } from 'node:fs'
import { findChromium, findFirefox, findWebKit } from '/work/main/packages/symbolicate/test/browsers.ts'
import { startProgram } from '/work/main/packages/symbolicate/test/differential/program.ts'
import { actualFrames, compareStacks, emptyComparison, expectedFrames, openMaps } from '/work/main/packages/symbolicate/test/differential/compare.ts'
const which = process.env.BR ?? 'chromium', only = process.env.ONLY
test('x', async () => {
  const choice = { chromium: findChromium, firefox: findFirefox, webkit: findWebKit }[which]()
  if ('missing' in choice) throw new Error(choice.missing)
  const p = await startProgram((b) => !only || only.split('|').includes(b.name))
  const page = await choice.start()
  const out: string[] = []
  try {
    const truth = (await page.runCases(p.sourceUrl)) as any[]
    writeFileSync(`/tmp/B/truth-${which}.json`, JSON.stringify(truth, null, 1))
    for (const t of truth) if (!t.stack) out.push('NO STACK ' + t.name)
    for (const b of p.builds) {
      const res = (await page.runCases(b.url)) as any[]
      writeFileSync(`/tmp/B/res-${which}-${b.bundler.name.replace(/\W+/g,'_')}.json`, JSON.stringify(res, null, 1))
      const maps = await openMaps(b.folder, b.files, (m) => m)
      const c = emptyComparison()
      for (const r of res) { const t = truth.find((x) => x.name === r.name); if (!r.stack || !t?.stack) continue
        const ex = expectedFrames(t.stack, p.transformed), ac = actualFrames(r.stack, maps)
        if (r.stack && !ac.length) out.push('EMPTY ' + r.name + r.stack)
        compareStacks(r.name, ex, ac, c) }
      out.push(`## ${b.bundler.name}: frames ${c.frames} inlined ${c.inlined.length} lines ${c.lines.length} columns ${c.columns.length} names ${c.names.length}`)
      for (const k of ['lines', 'columns', 'names'] as const) for (const d of c[k]) out.push(`  ${k.slice(0,3)} [${d.case}] exp ${d.expected} | act ${d.actual}`)
    }
  } finally { await page.close(); if (process.env.KEEP) { const { cpSync } = await import("node:fs"); for (const b of p.builds) cpSync(b.folder, "/tmp/B/keep/" + b.bundler.name.replace(/\W+/g, "_"), { recursive: true }) } p.close() }
  writeFileSync(`/tmp/B/diff-${which}.txt`, out.join('\n'))
}, 300000)
