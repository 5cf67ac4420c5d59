import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { type ChartColor, type ChartContent, formatStep, marksByStep } from './chart-data.ts'
import { dataOf, type Look, optionsOf } from './plot-options.ts'

interface Hover {
  index: number
  left: number
  /** The tip stands on the side where there is more room. */
  side: 'start' | 'end'
}

/** What a canvas needs to know of the theme, which only elements can tell: colours depend on the scheme. */
const lookOf = (box: HTMLElement): Look => {
  const probe = box.appendChild(document.createElement('span'))
  const color = (name: ChartColor): string => {
    probe.style.color = `var(${name})`
    return getComputedStyle(probe).color
  }
  const colors = new Map<ChartColor, string>()
  return {
    color: (name) => {
      const known = colors.get(name) ?? color(name)
      colors.set(name, known)
      return known
    },
    font: getComputedStyle(box).fontFamily,
    width: box.clientWidth,
    height: box.clientHeight,
  }
}

const hoverOf = ({ cursor, over }: uPlot): Hover | undefined => {
  const { idx, left = -1 } = cursor
  if (idx === null || idx === undefined || left < 0) return undefined
  return { index: idx, left: over.offsetLeft + left, side: left > over.clientWidth / 2 ? 'end' : 'start' }
}

/** Draws until what it gives is called. */
const draw = (box: HTMLElement, content: ChartContent, onHover: (hover: Hover | undefined) => void) => {
  const look = lookOf(box)
  const plot = new uPlot(
    optionsOf(content, look, (current) => onHover(hoverOf(current))),
    dataOf(content),
    box,
  )
  const observer = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: box.clientHeight }))
  observer.observe(box)
  return () => {
    observer.disconnect()
    plot.destroy()
    box.replaceChildren()
    onHover(undefined)
  }
}

const subscribeToScheme = (listener: () => void) => {
  const scheme = matchMedia('(prefers-color-scheme: dark)')
  scheme.addEventListener('change', listener)
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => {
    scheme.removeEventListener('change', listener)
    observer.disconnect()
  }
}

const readScheme = (): string =>
  `${document.documentElement.dataset.theme} ${matchMedia('(prefers-color-scheme: dark)').matches}`

/** The drawing of a chart; loaded when the first one is shown. */
export const Plot = ({ content, label }: { content: ChartContent; label: string }) => {
  const box = useRef<HTMLDivElement>(null)
  const [hover, setHover] = useState<Hover>()
  const scheme = useSyncExternalStore(subscribeToScheme, readScheme)
  // Drawn anew only when what it shows has changed, not each time that the page around it renders.
  const shown = JSON.stringify(content)
  useEffect(() => (box.current ? draw(box.current, content, setHover) : undefined), [shown, scheme])
  return (
    <>
      <div ref={box} className="plot" role="img" aria-label={label} />
      {hover && hover.index < content.times.length && <Tip content={content} hover={hover} />}
    </>
  )
}

const Tip = ({ content, hover: { index, left, side } }: { content: ChartContent; hover: Hover }) => (
  <div className={`plot-tip plot-tip-${side}`} style={{ insetInlineStart: left }} aria-hidden="true">
    <strong>{formatStep(content.times[index]!, content.stepMs)}</strong>
    <ul>
      {content.series
        .filter(({ values }) => content.kind === 'lines' || (values[index] ?? 0) > 0)
        .map(({ name, color, values }) => (
          <li key={name}>
            <span className="swatch" style={{ background: `var(${color})` }} />
            <span className="plot-tip-name untrusted">{name}</span>
            <span>{formatValue(content, values[index])}</span>
          </li>
        ))}
    </ul>
    {marksByStep(content)[index]?.map(({ name, at }) => (
      <p key={`${name}${at}`} className="untrusted">
        {name}
      </p>
    ))}
  </div>
)

const formatValue = ({ format }: ChartContent, value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : format(value)
