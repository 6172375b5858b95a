import { Element, define } from '../core/element.js'
import { accounts } from '../core/queries.js'
import { field } from './field.js'
import { html } from '../lib/lit.js'
import { t } from '../core/messages.js'

const OFFERED = 20
const PAUSE_MS = 200

/** Whose a token is to be: found by a part of the account's name, or by its id. For operators, who serve many. */
class AccountField extends Element {
  static properties = { value: {}, error: {}, found: { state: true }, typed: { state: true } }

  constructor() {
    super()
    this.found = []
    this.typed = ''
  }

  connectedCallback() {
    super.connectedCallback()
    this.#seek('')
  }

  check() {
    return this.value ? null : t('account.choose.none')
  }

  render() {
    return html`
      ${field({ id: 'account', name: 'account', label: t('account.choose'), help: this.value ? t('account.chosen', { id: this.value }) : t('account.choose.help'), error: this.error, value: this.typed, list: 'accounts-found', input: text => this.#type(text) })}
      <datalist id="accounts-found">${this.found.map(a => html`<option value=${label(a)}></option>`)}</datalist>`
  }

  #type(text) {
    this.typed = text
    const exact = this.found.find(a => label(a) === text || a.accountId === text.trim())
    this.value = exact?.accountId ?? (/^acc_[0-9a-z]{26}$/.test(text.trim()) ? text.trim() : null)
    this.error = null
    this.dispatchEvent(new CustomEvent('account', { detail: { accountId: this.value } }))
    clearTimeout(this.pause)
    if (!exact) {
      this.pause = setTimeout(() => this.#seek(text.trim()), PAUSE_MS)
    }
  }

  async #seek(search) {
    const page = await accounts({ search, limit: OFFERED, sort: 'name' }).catch(() => ({ items: [] }))
    this.found = page.items
    if (!search && page.items.length === 1 && !this.value) {
      this.#type(label(page.items[0]))
    }
  }
}

const label = a => `${a.name} · ${a.accountId}`

define('account-field', AccountField)
