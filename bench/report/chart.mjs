import * as echarts from 'echarts'

const WIDTH = 640
const BAR = 22
const MARGIN = 12

const OURS = '#d9480f'
const OTHERS = '#748091'

const shown = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })

/** Bars of what several reach in one figure, as SVG; unless told otherwise it takes the colour of the text around it. */
export const drawBars = ({ what, unit, values }, { text = 'currentColor', paper = 'transparent' } = {}) => {
  const chart = echarts.init(null, null, {
    renderer: 'svg',
    ssr: true,
    width: WIDTH,
    height: values.length * BAR + 2 * MARGIN,
  })
  chart.setOption({
    animation: false,
    backgroundColor: paper,
    aria: { enabled: true, label: { description: `${what}, ${unit}` } },
    grid: { left: 140, right: 90, top: MARGIN, bottom: MARGIN },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: values.map(({ name }) => name),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: text },
    },
    series: [
      {
        type: 'bar',
        barWidth: BAR - 8,
        data: values.map(({ value }, index) => ({ value, itemStyle: { color: index === 0 ? OURS : OTHERS } })),
        label: {
          show: true,
          position: 'right',
          color: text,
          formatter: ({ value }) => `${shown.format(value)} ${unit}`,
        },
      },
    ],
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}
