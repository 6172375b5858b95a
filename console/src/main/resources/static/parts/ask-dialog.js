import './account-field.js'
import { Modal } from '../core/modal.js'
import { Problem } from '../core/problem.js'
import { define } from '../core/element.js'
import { dialogHead } from './dialog-head.js'
import { errorText, field } from './field.js'
import { html, nothing } from '../lib/lit.js'
import { sayProblem, t } from '../core/messages.js'

/**
 * A small form in a dialog: a few fields, one action. Closes with what the action gave.
 *
 * fields: `{name, label, help?, type?, required?, value?, options?, unit?}`, or `{name, help, account: true}` for an account that
 * may be left out; `act(values)` sends them. A problem stays beside the field it names, or above the buttons.
 */
export class AskDialog extends Modal {
  static properties = { heading: {}, lead: {}, fields: {}, action: {}, act: {}, dangerous: {}, problem: { state: true }, mistake: { state: true }, busy: { state: true } }

  render() {
    const named = this.problem && this.fields.some(f => this.problem.of(f.name))
    return html`<dialog class="box" aria-labelledby="ask-title">
      <form @submit=${this.#submit}>
        ${dialogHead('ask-title', this.heading, () => this.close(), this.lead)}
        <div class="dialog-body">
          ${this.fields.map(f => this.#field(f))}
          ${this.problem && !named ? html`<p class="message bad" role="alert">${sayProblem(this.problem)}</p>` : nothing}
        </div>
        <div class="dialog-foot">
          <button type="button" class="button" @click=${() => this.close()}>${t('cancel')}</button>
          <button class="button primary ${this.dangerous ? 'danger' : ''}" ?disabled=${this.busy}>${this.action}</button>
        </div>
      </form>
    </dialog>`
  }

  #field(f) {
    const error = this.problem && errorText(this.problem, f.name)
    return f.account
      ? html`<account-field .help=${f.help} .optional=${true} .error=${this.mistake ?? error}></account-field>`
      : field({ ...f, id: `ask-${f.name}`, error })
  }

  async #submit(e) {
    e.preventDefault()
    const values = Object.fromEntries(new FormData(e.target))
    this.busy = true
    try {
      if (await this.#chosen(values)) {
        this.close((await this.act(values)) ?? true)
      }
    } catch (problem) {
      if (!(problem instanceof Problem)) {
        throw problem
      }
      this.problem = problem
      await this.#pointOut()
    } finally {
      this.busy = false
    }
  }

  /** Adds the account that is meant, if one is asked for. @returns whether it is clear which */
  async #chosen(values) {
    const account = this.querySelector('account-field')
    await account?.settle()
    this.mistake = account?.check() ?? null
    if (this.mistake) {
      await this.#pointOut()
      return false
    }
    for (const f of this.fields.filter(f => f.account)) {
      values[f.name] = account.value ?? ''
    }
    return true
  }

  async #pointOut() {
    await this.updateComplete
    await new Promise(requestAnimationFrame)
    this.querySelector('[aria-invalid="true"]')?.focus()
  }
}

define('ask-dialog', AskDialog)

export const ask = properties => AskDialog.open(properties)
