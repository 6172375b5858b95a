import { Element, define } from '../core/element.js'
import { dollars } from '../core/format.js'
import { empty } from './empty.js'
import { html, nothing } from '../lib/lit.js'
import { problemBox } from './notices.js'
import { segments } from './field.js'
import { t } from '../core/messages.js'

const DAY = 86_400_000
const RANGES = {
  day: { bucket: 'hour', ms: DAY },
  month: { bucket: 'day', ms: 30 * DAY },
  quarter: { bucket: 'day', ms: 90 * DAY },
}

/** What was used, of a token or of an account: `source({bucket, from, groupBy})` asks for it. */
class UsageCard extends Element {
  static properties = { source: {}, version: {}, range: { state: true }, usage: { state: true }, problem: { state: true } }

  constructor() {
    super()
    this.range = 'month'
  }

  willUpdate(changed) {
    if (changed.has('version') || changed.has('range')) {
      this.#load()
    }
  }

  render() {
    return html`<section class="card" aria-labelledby="usage-title">
      <header><h2 id="usage-title">${t('usage.title')}</h2>
        ${segments({ name: 'usage-range', label: t('usage.range'), value: this.range, options: Object.keys(RANGES).map(r => ({ value: r, label: t(`usage.range.${r}`) })), choose: range => (this.range = range) })}</header>
      <div class="body">${this.problem ? problemBox(this.problem, () => this.#load()) : this.usage ? this.#shown() : nothing}</div>
    </section>`
  }

  #shown() {
    const { total } = this.usage
    if (total.calls === 0 && total.consumed === 0) {
      return empty({ picture: 'pulse', title: t('usage.none'), text: t('usage.none.text') })
    }
    return html`<p class="soft">${t('usage.total', { amount: dollars(total.consumed), calls: t('calls', { count: total.calls }) })}${total.refunded ? t('usage.refunded', { amount: dollars(total.refunded) }) : nothing}</p>
      <usage-chart .usage=${this.usage}></usage-chart>`
  }

  async #load() {
    const { bucket, ms } = RANGES[this.range]
    try {
      const [usage] = await Promise.all([this.source({ bucket, from: new Date(Date.now() - ms).toISOString(), groupBy: 'model' }), import('./usage-chart.js')])
      this.usage = usage
      this.problem = null
    } catch (problem) {
      this.problem = problem
    }
  }
}

define('usage-card', UsageCard)
