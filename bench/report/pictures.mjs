// The charts that the documentation shows, drawn from the report: each for a light page and for a dark one.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawBars } from './chart.mjs'

const FOLDER = join(import.meta.dirname, '../../docs/screenshots')

const PICTURES = [
  { file: 'measured-size', section: 'size', begins: 'an SDK with its usual capture' },
  { file: 'measured-start', section: 'runtime', begins: 'start' },
  { file: 'measured-capture', section: 'runtime', begins: 'capture' },
  { file: 'measured-arrives', section: 'matrix', begins: 'best answers' },
  { file: 'measured-first-frame', section: 'symbolicate', begins: 'first frame' },
  { file: 'measured-upload', section: 'upload', begins: 'upload' },
]

const PAPERS = [
  { ending: '', colours: { text: '#1f2328', paper: '#ffffff' } },
  { ending: '-dark', colours: { text: '#e6edf3', paper: '#0d1117' } },
]

/** Draws anew what the results tell of; the others stay. */
export const drawPictures = (results) => {
  for (const { file, section, begins } of PICTURES) {
    const figure = results[section]?.figures.find(({ what }) => what.startsWith(begins))
    if (!figure) continue
    for (const { ending, colours } of PAPERS)
      writeFileSync(join(FOLDER, `${file}${ending}.svg`), drawBars(figure, colours))
  }
}
