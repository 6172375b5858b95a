import { Element, define } from '../core/element.js'
import { UNITS_PER_DOLLAR, dollars } from '../core/format.js'
import { field, segments } from './field.js'
import { html, nothing } from '../lib/lit.js'
import { t } from '../core/messages.js'
import { timeZone } from '../core/queries.js'

const PRESETS_DOLLARS = [5, 20, 100]
const MOST_UNITS = 1_000_000_000 * UNITS_PER_DOLLAR

/** A limit in dollars, as people think, and in units, as the ledger counts; and how often it begins anew. */
class QuotaField extends Element {
  static properties = { value: {}, period: {}, error: {}, typed: { state: true } }

  constructor() {
    super()
    this.typed = {}
  }

  /** What is wrong with what was typed, null where nothing is. */
  check() {
    const { value } = this
    if (value === null) {
      return null
    }
    return Number.isSafeInteger(value) && value >= 0 && value <= MOST_UNITS ? null : t('quota.invalid')
  }

  render() {
    const limited = this.value !== null
    return html`<fieldset class="group">
      <legend class="label">${t('quota.label')}</legend>
      <p class="help small soft">${t('quota.help')}</p>
      ${segments({
        name: 'quota-kind',
        label: t('quota.label'),
        value: limited,
        options: [{ value: false, label: t('quota.unlimited') }, { value: true, label: t('quota.limited') }],
        choose: wanted => this.#set(wanted ? 20 * UNITS_PER_DOLLAR : null),
      })}
      ${limited ? this.#limit() : nothing}
    </fieldset>`
  }

  #limit() {
    const error = this.error ?? this.check()
    return html`
      <div class="chips">${PRESETS_DOLLARS.map(d => html`<button type="button" class="button small" @click=${() => this.#set(d * UNITS_PER_DOLLAR)}>${dollars(d * UNITS_PER_DOLLAR)}</button>`)}</div>
      <div class="pairs">
        ${field({ id: 'quota-dollars', name: 'dollars', label: t('quota.dollars'), unit: 'USD', value: this.typed.dollars ?? plain(this.value / UNITS_PER_DOLLAR), error, input: text => this.#type('dollars', text, Math.round(parse(text) * UNITS_PER_DOLLAR)) })}
        ${field({ id: 'quota-units', name: 'units', label: t('quota.units'), unit: t('quota.unit'), value: this.typed.units ?? plain(this.value), input: text => this.#type('units', text, parse(text)) })}
      </div>
      <div class="field"><span class="label">${t('quota.period')}</span>
        ${segments({
          name: 'quota-period',
          label: t('quota.period'),
          value: this.period?.every ?? 'all',
          options: ['all', 'day', 'week', 'month'].map(every => ({ value: every, label: t(`quota.period.${every}`) })),
          choose: every => this.#period(every),
        })}
        <p class="help">${this.period ? t(`quota.period.${this.period.every}.help`, { zone: this.period.timeZone }) : t('quota.period.all.help')}</p>
      </div>`
  }

  #type(which, text, value) {
    this.typed = { [which]: text }
    this.#tell(value, this.period)
  }

  #set(value) {
    this.typed = {}
    this.#tell(value, value === null ? null : this.period)
  }

  #period(every) {
    this.#tell(this.value, every === 'all' ? null : { every, timeZone: this.period?.timeZone ?? timeZone })
  }

  #tell(value, period) {
    this.value = value
    this.period = period
    this.error = null
    this.dispatchEvent(new CustomEvent('quota', { detail: { quotaLimit: value, quotaPeriod: period } }))
  }
}

const parse = text => (/^\s*\d[\d,_ ]*(\.\d+)?\s*$/.test(text) ? Number(text.replace(/[,_ ]/g, '')) : NaN)
const plain = n => (Number.isFinite(n) ? String(n) : '')

define('quota-field', QuotaField)
