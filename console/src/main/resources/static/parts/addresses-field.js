import { Element, define } from '../core/element.js'
import { entries, firstBad } from '../core/addresses.js'
import { html, nothing } from '../lib/lit.js'
import { segments } from './field.js'
import { t } from '../core/messages.js'

const MOST = 100

/** Where a token may be used from. Takes what people paste, and names the entry that is no address. */
class AddressesField extends Element {
  static properties = { value: {}, error: {}, text: { state: true } }

  willUpdate() {
    this.text ??= (this.value ?? []).join('\n')
  }

  check() {
    if (this.value === null) {
      return null
    }
    const bad = firstBad(this.value)
    return bad ? t('addresses.bad', { entry: bad }) : this.value.length === 0 ? t('addresses.none') : this.value.length > MOST ? t('addresses.many', { most: MOST }) : null
  }

  render() {
    const some = this.value !== null
    return html`<fieldset class="group">
      <legend class="label">${t('addresses.label')}</legend>
      <p class="help small soft">${t('addresses.help')}</p>
      ${segments({
        name: 'addresses-kind',
        label: t('addresses.label'),
        value: some,
        options: [{ value: false, label: t('addresses.any') }, { value: true, label: t('addresses.some') }],
        choose: wanted => this.#tell(wanted ? entries(this.text) : null),
      })}
      ${some ? this.#box() : nothing}
    </fieldset>`
  }

  #box() {
    const typing = this.value.length > 0 ? this.check() : null
    const error = this.error ?? typing
    return html`<div class="field">
      <label for="addresses">${t('addresses.box')}</label>
      <textarea class="input mono" id="addresses" rows="3" spellcheck="false" placeholder="203.0.113.7, 10.0.0.0/8, 2001:db8::/32" .value=${this.text} aria-invalid=${error ? 'true' : nothing} aria-describedby="addresses-said" @input=${e => this.#type(e.target.value)}></textarea>
      <p id="addresses-said" aria-live="polite" class=${error ? 'error' : 'help'}>${error ?? (this.value.length ? t('addresses.count', { count: this.value.length }) : t('addresses.format'))}</p>
    </div>`
  }

  #type(text) {
    this.text = text
    this.#tell(entries(text))
  }

  #tell(value) {
    this.value = value
    this.error = null
    this.dispatchEvent(new CustomEvent('addresses', { detail: { ipAllowlist: value } }))
  }
}

define('addresses-field', AddressesField)
