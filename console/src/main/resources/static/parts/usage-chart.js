import { Element, define } from '../core/element.js'
import { date, dollars, number } from '../core/format.js'
import { html, nothing } from '../lib/lit.js'
import { locale, t } from '../core/messages.js'
import { uPlot } from '../lib/uplot.js'

const NAMED_MODELS = 5
const HEIGHT = 240

/**
 * Usage over time as bars, stacked by model. The pointer or the arrow keys move over it and read a bar out; the same
 * numbers stand in a table below for whoever rather reads.
 */
class UsageChart extends Element {
  static properties = { usage: {}, at: { state: true } }

  connectedCallback() {
    super.connectedCallback()
    this.sizes = new ResizeObserver(() => this.plot?.setSize({ width: this.clientWidth, height: HEIGHT }))
    this.sizes.observe(this)
    this.repaint = () => this.#draw()
    addEventListener('themechange', this.repaint)
    this.dark = matchMedia('(prefers-color-scheme: dark)')
    this.dark.addEventListener('change', this.repaint)
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    this.sizes.disconnect()
    removeEventListener('themechange', this.repaint)
    this.dark.removeEventListener('change', this.repaint)
    this.plot?.destroy()
    this.plot = null
  }

  willUpdate(changed) {
    if (changed.has('usage')) {
      this.series = seriesOf(this.usage.items)
      this.at = null
    }
  }

  render() {
    const { items } = this.usage
    return html`
      <ul class="legend" aria-label=${t('usage.models')}>${this.series.map((s, i) => html`<li><span class="swatch series-${i + 1}"></span><span class="break">${s.label}</span> <span class="soft">${dollars(s.total)}</span></li>`)}</ul>
      <div class="plot" role="img" tabindex="0" aria-label=${t('usage.chart', { amount: dollars(this.usage.total.consumed), count: items.length })} @keydown=${this.#keys}></div>
      <p class="readout" aria-live="polite">${this.at === null ? nothing : this.#readout(items[this.at])}</p>
      <details><summary class="small">${t('usage.table')}</summary>
        <div class="scroll"><table><thead><tr><th>${t('usage.when')}</th><th class="number">${t('usage.calls')}</th><th class="number">${t('usage.cost')}</th></tr></thead>
        <tbody>${items.filter(b => b.calls || b.consumed || b.refunded).map(b => html`<tr><td>${this.#when(b)}</td><td class="number">${number(b.calls)}</td><td class="number">${dollars(b.consumed)}</td></tr>`)}</tbody></table></div></details>`
  }

  updated(changed) {
    if (changed.has('usage')) {
      this.#draw()
    }
  }

  #draw() {
    const place = this.querySelector('.plot')
    if (!place || !this.isConnected) {
      return
    }
    this.plot?.destroy()
    const ink = colorOf(this.querySelector('.readout'))
    const line = getComputedStyle(this.closest('.card') ?? this).borderTopColor
    const colors = [...this.querySelectorAll('.swatch')].map(colorOf)
    const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: '12px system-ui, sans-serif' }
    this.plot = new uPlot(
      {
        width: place.clientWidth || 600,
        height: HEIGHT,
        legend: { show: false },
        cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
        scales: { x: { time: true, range: (_, min, max) => [min - this.#step() / 2, max + this.#step() / 2] }, y: { range: (_, min, max) => [0, Math.max(max * 1.08, 1)] } },
        axes: [
          { ...axis, size: 30, grid: { show: false }, values: (_, splits) => splits.map(s => this.#tick(s)), space: 70 },
          { ...axis, size: 66, values: (_, splits) => splits.map(v => dollars(v)) },
        ],
        series: [{}, ...this.series.map((s, i) => ({ label: s.label, stroke: colors[i], fill: colors[i], width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [0.72, 46], radius: 0.08 }) }))],
        hooks: { setCursor: [plot => (this.at = plot.cursor.idx ?? null)] },
      },
      [this.usage.items.map(b => Date.parse(b.startsAt) / 1000), ...stacked(this.series)],
      place,
    )
  }

  #step() {
    return this.usage.bucket === 'hour' ? 3_600 : 86_400
  }

  #tick(seconds) {
    const options = this.usage.bucket === 'hour' ? { hour: '2-digit', minute: '2-digit' } : { month: 'short', day: 'numeric' }
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: this.usage.timeZone }).format(new Date(seconds * 1000))
  }

  #when(bucket) {
    return this.usage.bucket === 'day' ? date(bucket.startsAt) : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(bucket.startsAt))
  }

  #readout(bucket) {
    const models = this.series.filter(s => s.values[this.at] > 0).map(s => `${s.label} ${dollars(s.values[this.at])}`)
    return `${this.#when(bucket)}: ${dollars(bucket.consumed)}, ${t('calls', { count: bucket.calls })}${models.length > 1 ? ` (${models.join(', ')})` : ''}`
  }

  #keys(e) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[e.key]
    if (step) {
      e.preventDefault()
      const last = this.usage.items.length - 1
      this.at = Math.min(last, Math.max(0, (this.at ?? (step > 0 ? -1 : last + 1)) + step))
    }
  }
}

/** The models that cost most, each for itself, and the others together. */
function seriesOf(items) {
  const totals = new Map()
  for (const bucket of items) {
    for (const m of bucket.models ?? [{ model: null, consumed: bucket.consumed }]) {
      totals.set(m.model, (totals.get(m.model) ?? 0) + m.consumed)
    }
  }
  const named = [...totals].filter(([, total]) => total > 0).sort((a, b) => b[1] - a[1])
  const of = (label, models) => {
    const values = items.map(b => (b.models ?? [{ model: null, consumed: b.consumed }]).filter(m => models.has(m.model)).reduce((sum, m) => sum + m.consumed, 0))
    return { label, values, total: values.reduce((a, b) => a + b, 0) }
  }
  const own = named.slice(0, NAMED_MODELS).map(([model]) => of(model ?? t('usage.noModel'), new Set([model])))
  const rest = named.slice(NAMED_MODELS).map(([model]) => model)
  return rest.length ? [...own, of(t('usage.others'), new Set(rest))] : own
}

// Each bar from the ground up to its sum with those below; painted from the highest, so that lower ones cover it.
const stacked = series => series.map((_, i) => series[i].values.map((_, at) => series.slice(i).reduce((sum, s) => sum + s.values[at], 0)))

const colorOf = element => getComputedStyle(element).color

define('usage-chart', UsageChart)
