import { Element, define } from '../core/element.js'
import { ago, dateTime, toField } from '../core/format.js'
import { html, live, nothing } from '../lib/lit.js'
import { t } from '../core/messages.js'

const HOUR = 3_600_000

/** When a token ends: in an hour, a day, a month, at a time, or never. */
class ExpiryField extends Element {
  static properties = { value: {}, error: {}, was: {} }

  check() {
    if (this.value === null) {
      return null
    }
    const time = Date.parse(this.value)
    return Number.isNaN(time) ? t('expiry.invalid') : time <= Date.now() && this.value !== this.was ? t('expiry.past') : null
  }

  render() {
    const error = this.error ?? this.check()
    return html`<fieldset class="group">
      <legend class="label">${t('expiry.label')}</legend>
      <p class="help small soft">${t('expiry.help')}</p>
      <div class="chips">
        ${this.#preset('hour', () => new Date(Date.now() + HOUR))}
        ${this.#preset('day', () => new Date(Date.now() + 24 * HOUR))}
        ${this.#preset('month', nextMonth)}
        <button type="button" class="button small" aria-pressed=${this.value === null} @click=${() => this.#tell(null)}>${t('expiry.never')}</button>
      </div>
      <div class="field">
        <label for="expires-at">${t('expiry.at')}</label>
        <input class="input" type="datetime-local" id="expires-at" .value=${live(this.value ? toField(this.value) : '')} aria-invalid=${error ? 'true' : nothing} aria-describedby="expiry-said" @change=${e => this.#pick(e.target.value)}>
        <p id="expiry-said" aria-live="polite" class=${error ? 'error' : 'help'}>${error ?? (this.value ? t('expiry.said', { when: ago(this.value), time: dateTime(this.value) }) : t('expiry.never.said'))}</p>
      </div>
    </fieldset>`
  }

  #preset(name, when) {
    return html`<button type="button" class="button small" @click=${() => this.#tell(when().toISOString())}>${t(`expiry.${name}`)}</button>`
  }

  #pick(text) {
    this.#tell(text ? new Date(text).toISOString() : null)
  }

  #tell(value) {
    this.value = value
    this.error = null
    this.dispatchEvent(new CustomEvent('expiry', { detail: { expiresAt: value } }))
  }
}

/** The same day of the next month, or its last where it has none. */
function nextMonth() {
  const now = new Date()
  const then = new Date(now)
  then.setMonth(now.getMonth() + 1)
  if (then.getDate() !== now.getDate()) {
    then.setDate(0)
  }
  return then
}

define('expiry-field', ExpiryField)
