import { Modal } from '../core/modal.js'
import { define } from '../core/element.js'
import { dialogHead } from './dialog-head.js'
import { html } from '../lib/lit.js'
import { t } from '../core/messages.js'

/** Asks before something happens that people may not mean. Closes with true where they do. */
export class ConfirmDialog extends Modal {
  static properties = { heading: {}, text: {}, action: {}, dangerous: {} }

  render() {
    return html`<dialog class="box" aria-labelledby="confirm-title">
      ${dialogHead('confirm-title', this.heading, () => this.close())}
      <div class="dialog-body"><p>${this.text}</p></div>
      <div class="dialog-foot">
        <button class="button" @click=${() => this.close()}>${t('cancel')}</button>
        <button class="button primary ${this.dangerous ? 'danger' : ''}" @click=${() => this.close(true)}>${this.action}</button>
      </div>
    </dialog>`
  }
}

define('confirm-dialog', ConfirmDialog)

export const confirm = properties => ConfirmDialog.open(properties)
