import uPlot from 'uplot'
import { type ChartColor, type ChartContent, formatTick, stack, topOf, zoneOf } from './chart-data.ts'

export interface Look {
  color: (name: ChartColor) => string
  font: string
  width: number
  height: number
}

const AXIS_FONT_PX = 11
const CHAR_PX = 6.6
const AXIS_PADDING_PX = 14

// 1, 2, 5, 10, 20, …: half an event cannot be counted.
const WHOLE_STEPS = Array.from({ length: 13 }, (_, power) => [1, 2, 5].map((one) => one * 10 ** power)).flat()

const axes = ({ kind, stepMs, format }: ChartContent, { color, font }: Look): uPlot.Axis[] => {
  const common = {
    stroke: color('--muted'),
    font: `${AXIS_FONT_PX}px ${font}`,
    grid: { stroke: color('--line'), width: 1 },
    ticks: { show: false },
  }
  return [
    {
      ...common,
      grid: { show: false },
      size: 26,
      gap: 6,
      space: 70,
      values: (_, splits) => splits.map((seconds) => formatTick(seconds * 1000, stepMs)),
    },
    {
      ...common,
      gap: 6,
      space: 36,
      ...(kind === 'bars' && { incrs: WHOLE_STEPS }),
      values: (_, splits) => splits.map(format),
      size: (_, values) => Math.max(...(values ?? ['']).map(({ length }) => length)) * CHAR_PX + AXIS_PADDING_PX,
    },
  ]
}

const POINTS_UP_TO = 48
// Where bars are wide enough, a line parts them.
const SEAM_FROM_PX = 10

/** Bars that are higher are drawn first, so that those they stand on lie over them. */
const seriesOf = ({ kind, series, times }: ChartContent, { color, width }: Look): uPlot.Series[] => {
  const bars = uPlot.paths.bars!({ size: [0.78, 36], align: 1 })
  const seam = width / times.length > SEAM_FROM_PX ? { stroke: color('--surface'), width: 1 } : { width: 0 }
  return series.map(({ name, color: own }) =>
    kind === 'bars'
      ? { label: name, fill: color(own), ...seam, paths: bars, points: { show: false } }
      : {
          label: name,
          stroke: color(own),
          width: 1.75,
          points: { show: times.length <= POINTS_UP_TO, size: 4, fill: color(own), stroke: color(own) },
        },
  )
}

const clip = (plot: uPlot, draw: (context: CanvasRenderingContext2D) => void): void => {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  draw(ctx)
  ctx.restore()
}

const drawBands =
  ({ bands = [] }: ChartContent, { color }: Look) =>
  (plot: uPlot) =>
    clip(plot, (context) => {
      for (const band of bands) {
        const top = plot.valToPos(Math.min(band.to, plot.scales['y']!.max!), 'y', true)
        const bottom = plot.valToPos(band.from, 'y', true)
        context.globalAlpha = 0.55
        context.fillStyle = color(band.color)
        context.fillRect(plot.bbox.left, top, plot.bbox.width, bottom - top)
      }
    })

const drawMarks =
  ({ marks = [] }: ChartContent, { color }: Look) =>
  (plot: uPlot) =>
    clip(plot, (context) => {
      context.strokeStyle = color('--accent')
      context.setLineDash([4 * uPlot.pxRatio, 3 * uPlot.pxRatio])
      context.lineWidth = uPlot.pxRatio
      for (const { at } of marks) {
        const x = plot.valToPos(at / 1000, 'x', true)
        context.beginPath()
        context.moveTo(x, plot.bbox.top)
        context.lineTo(x, plot.bbox.top + plot.bbox.height)
        context.stroke()
      }
    })

/** The last step lasts as long as the others; lines end where it begins. */
const rangeOf = ({ times, stepMs, kind }: ChartContent): [number, number] => {
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0]
  return [first / 1000, (kind === 'bars' || times.length < 2 ? last + stepMs : last) / 1000]
}

export const optionsOf = (content: ChartContent, look: Look, onCursor: (plot: uPlot) => void): uPlot.Options => {
  const drawn = stack(content)
  const zone = zoneOf(content.stepMs)
  return {
    width: look.width,
    height: look.height,
    padding: [8, null, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: content.kind === 'lines', size: 7 } },
    scales: {
      x: { range: rangeOf(content) },
      y: { range: [0, topOf(drawn, content.bands)] },
    },
    ...(zone && { tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), zone) }),
    axes: axes(content, look),
    series: [{}, ...seriesOf(content, look).toReversed()],
    hooks: {
      drawAxes: [drawBands(content, look)],
      draw: [drawMarks(content, look)],
      setCursor: [onCursor],
    },
  }
}

export const dataOf = (content: ChartContent): uPlot.AlignedData => [
  content.times.map((time) => time / 1000),
  ...stack(content).toReversed(),
]
