import { Element, define } from '../core/element.js'
import { UNITS_PER_DOLLAR } from '../core/format.js'
import { errorText, field } from './field.js'
import { html, nothing } from '../lib/lit.js'
import { icon } from './icon.js'
import { sayRule, t } from '../core/messages.js'

/** What few tokens need: limits by the minute, and of single models. */
class LimitsField extends Element {
  static properties = { rateLimits: {}, modelQuotas: {}, problem: {}, rows: { state: true } }

  willUpdate() {
    this.rows ??= (this.modelQuotas ?? []).map(q => ({ model: q.model, dollars: String(q.quotaLimit / UNITS_PER_DOLLAR) }))
  }

  check() {
    const rates = Object.values(this.rateLimits ?? {}).filter(v => v !== null)
    if (rates.some(v => !Number.isSafeInteger(v) || v < 1)) {
      return t('limits.rate.invalid')
    }
    return this.rows.every(r => r.model.trim() && Number(r.dollars) >= 0 && r.dollars.trim() !== '') ? null : t('limits.model.invalid')
  }

  render() {
    const used = this.rateLimits || this.rows.length > 0
    const wrong = this.problem && errorText(this.problem, 'modelQuotas')
    return html`<details class="more" ?open=${used}>
      <summary>${t('limits.more')}</summary>
      <fieldset class="group">
        <legend class="label">${t('limits.rate')}</legend>
        <p class="help small soft">${t('limits.rate.help')}</p>
        <div class="pairs">${this.#rate('requestsPerMinute')}${this.#rate('unitsPerMinute')}</div>
      </fieldset>
      <fieldset class="group">
        <legend class="label">${t('limits.model')}</legend>
        <p class="help small soft">${t('limits.model.help')}</p>
        <div class="rows">${this.rows.map((row, i) => this.#row(row, i))}</div>
        <div><button type="button" class="button small" @click=${() => this.#change([...this.rows, { model: '', dollars: '' }])}>${icon('plus')}${t('limits.model.add')}</button></div>
        ${wrong ? html`<p class="error bad small">${wrong}</p>` : nothing}
      </fieldset>
    </details>`
  }

  #rate(name) {
    const error = this.problem?.errors.find(e => e.field.endsWith(name))
    return field({ id: name, name, label: t(`limits.${name}`), placeholder: t('limits.none'), value: this.rateLimits?.[name] == null ? '' : String(this.rateLimits[name]), error: error && sayRule(error.rule), input: text => this.#setRate(name, text) })
  }

  #row(row, i) {
    const set = changes => this.#change(this.rows.map((r, at) => (at === i ? { ...r, ...changes } : r)))
    return html`<div class="row">
      <input class="input mono" aria-label=${t('limits.model.name')} list="known-models" .value=${row.model} @input=${e => set({ model: e.target.value })}>
      <span class="suffixed"><input class="input" aria-label=${t('limits.model.dollars')} inputmode="decimal" .value=${row.dollars} @input=${e => set({ dollars: e.target.value })}><span class="unit" aria-hidden="true">USD</span></span>
      <button type="button" class="button quiet icon" aria-label=${t('limits.model.remove', { model: row.model })} @click=${() => this.#change(this.rows.filter((_, at) => at !== i))}>${icon('close')}</button>
    </div>`
  }

  #setRate(name, text) {
    const limits = { requestsPerMinute: null, unitsPerMinute: null, ...this.rateLimits, [name]: text.trim() === '' ? null : Number(text.replace(/[,_ ]/g, '')) }
    this.rateLimits = Object.values(limits).every(v => v === null) ? null : limits
    this.#tell({ rateLimits: this.rateLimits })
  }

  #change(rows) {
    this.rows = rows
    this.#tell({ modelQuotas: rows.length ? rows.map(r => ({ model: r.model.trim(), quotaLimit: Math.round(Number(r.dollars) * UNITS_PER_DOLLAR) })) : null })
  }

  #tell(detail) {
    this.dispatchEvent(new CustomEvent('limits', { detail }))
  }
}

define('limits-field', LimitsField)
