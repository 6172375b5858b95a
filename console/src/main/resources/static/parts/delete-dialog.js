import { Modal } from '../core/modal.js'
import { ago } from '../core/format.js'
import { define } from '../core/element.js'
import { deleteToken, disableToken } from '../core/commands.js'
import { dialogHead } from './dialog-head.js'
import { field } from './field.js'
import { html, nothing } from '../lib/lit.js'
import { icon } from './icon.js'
import { sayProblem, t } from '../core/messages.js'

const LATELY_MS = 7 * 86_400_000

/** Deleting is final, so the name has to be typed, beside what tells whether somebody still relies on it. Closes with true. */
export class DeleteDialog extends Modal {
  static properties = { token: {}, typed: { state: true }, problem: { state: true }, busy: { state: true } }

  constructor() {
    super()
    this.typed = ''
  }

  render() {
    const { name, lastUsedAt, status } = this.token
    const lately = lastUsedAt && Date.now() - new Date(lastUsedAt) < LATELY_MS
    return html`<dialog class="box" aria-labelledby="delete-title">
      <form @submit=${e => this.#act(e, deleteToken)}>
        ${dialogHead('delete-title', t('delete.title', { name }), () => this.close(), t('delete.lead'))}
        <div class="dialog-body">
          <p class="message ${lately ? 'warn' : ''}">${icon(lately ? 'warn' : 'info')}
            <span>${lastUsedAt ? t(lately ? 'delete.usedLately' : 'delete.used', { when: ago(lastUsedAt) }) : t('delete.neverUsed')}</span></p>
          ${field({ id: 'delete-name', name: 'name', label: t('delete.type', { name }), value: this.typed, input: text => (this.typed = text) })}
          ${this.problem ? html`<p class="message bad" role="alert">${sayProblem(this.problem)}</p>` : nothing}
        </div>
        <div class="dialog-foot">
          <button type="button" class="button" @click=${() => this.close()}>${t('cancel')}</button>
          ${status === 'disabled' ? nothing : html`<button type="button" class="button" @click=${e => this.#act(e, disableToken)}>${t('delete.disableInstead')}</button>`}
          <button class="button danger primary" ?disabled=${this.busy || this.typed.trim() !== name.trim()}>${t('delete.action')}</button>
        </div>
      </form>
    </dialog>`
  }

  async #act(e, command) {
    e.preventDefault()
    this.busy = true
    try {
      await command(this.token.tokenId)
      this.close(command)
    } catch (problem) {
      this.problem = problem
    } finally {
      this.busy = false
    }
  }
}

define('delete-dialog', DeleteDialog)

/** @returns 'deleted', 'disabled', or undefined where people thought better of it */
export async function askToDelete(token) {
  const done = await DeleteDialog.open({ token })
  return done && (done === deleteToken ? 'deleted' : 'disabled')
}
