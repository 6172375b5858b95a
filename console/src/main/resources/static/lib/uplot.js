// The one place that knows where uPlot lies; its stylesheet comes along only where a chart is shown.
export { default as uPlot } from '/webjars/uplot/1.6.30/dist/uPlot.esm.js'

const sheet = document.createElement('link')
sheet.rel = 'stylesheet'
sheet.href = '/webjars/uplot/1.6.30/dist/uPlot.min.css'
document.head.append(sheet)
