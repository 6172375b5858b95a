import './name-of.js'
import { Element, define } from '../core/element.js'
import { accounts } from '../core/queries.js'
import { field } from './field.js'
import { html } from '../lib/lit.js'
import { t } from '../core/messages.js'

const OFFERED = 20
const PAUSE_MS = 200
const ID = /^acc_[0-9a-z]{26}$/

/**
 * An account, found by a part of its name or by its id; for operators, who serve many. An optional one may be left empty and
 * is told of by a help of its own.
 */
class AccountField extends Element {
  static properties = { value: {}, error: {}, optional: {}, help: {}, found: { state: true }, typed: { state: true } }

  constructor() {
    super()
    this.found = []
    this.typed = ''
  }

  connectedCallback() {
    super.connectedCallback()
    this.addEventListener('change', () => this.settle())
    this.#seek('')
  }

  /** Who leaves the field, or is done with the form, has said enough where only one account can be meant. */
  async settle() {
    const text = this.typed.trim()
    if (this.value || !text) {
      return
    }
    clearTimeout(this.pause)
    await this.#seek(text)
    const called = this.found.filter(a => isCalled(a, text))
    const meant = called.length ? called : this.found
    if (text === this.sought && meant.length === 1) {
      this.#take(meant[0])
    }
  }

  check() {
    if (this.value) {
      return null
    }
    const text = this.typed.trim()
    if (!text && this.optional) {
      return null
    }
    return !text || text !== this.sought ? t('account.choose.none') : t(this.found.length ? 'account.choose.several' : 'account.choose.unknown', { text })
  }

  render() {
    return html`
      ${field({ id: 'account', name: 'account', label: t('account.choose'), help: this.help ?? (this.value ? html`<name-of .of=${this.value} .words=${chosen}></name-of>` : t('account.choose.help')), error: this.error, value: this.typed, list: 'accounts-found', input: text => this.#type(text) })}
      <datalist id="accounts-found">${this.found.map(a => html`<option value=${label(a)}></option>`)}</datalist>`
  }

  #type(text) {
    const exact = this.found.find(a => label(a) === text || a.accountId === text.trim())
    clearTimeout(this.pause)
    if (exact) {
      return this.#take(exact)
    }
    this.typed = text
    this.#choose(ID.test(text.trim()) ? text.trim() : null)
    this.pause = setTimeout(() => this.#seek(text.trim()), PAUSE_MS)
  }

  #take(account) {
    this.typed = account.name
    this.#choose(account.accountId)
  }

  #choose(accountId) {
    this.value = accountId
    this.error = null
    this.dispatchEvent(new CustomEvent('account', { detail: { accountId } }))
  }

  async #seek(search) {
    const page = await accounts({ search, limit: OFFERED, sort: 'name' }).catch(() => null)
    // Whoever types on is not interrupted by what was sought before.
    if (!page || search !== this.typed.trim()) {
      return
    }
    this.found = page.items
    this.sought = search
    if (page.items.length === 1 && ((!search && !this.optional) || page.items[0].accountId === this.value)) {
      this.#take(page.items[0])
    }
  }
}

const label = a => `${a.name} · ${a.accountId}`
const chosen = name => t('account.chosen', { name })
const isCalled = (account, text) => account.name.localeCompare(text, undefined, { sensitivity: 'accent' }) === 0

define('account-field', AccountField)
