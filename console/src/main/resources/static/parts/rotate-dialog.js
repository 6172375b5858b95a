import { Modal } from '../core/modal.js'
import { dateTime } from '../core/format.js'
import { define } from '../core/element.js'
import { dialogHead } from './dialog-head.js'
import { field } from './field.js'
import { guarded } from './secrets.js'
import { html } from '../lib/lit.js'
import { rotate } from '../core/commands.js'
import { secretPanel } from './secret-panel.js'
import { t } from '../core/messages.js'

const GRACES = [0, 3_600, 86_400, 604_800]

/** Another secret for the same token, with time to bring it to the applications. Closes with true where it was rotated. */
export class RotateDialog extends Modal {
  static properties = { token: {}, grace: { state: true }, rotated: { state: true }, busy: { state: true } }

  constructor() {
    super()
    this.grace = 86_400
  }

  render() {
    return html`<dialog class="box" aria-labelledby="rotate-title">
      ${dialogHead('rotate-title', t('rotate.title', { name: this.token.name }), () => this.close(this.result), t('rotate.lead'))}
      ${this.rotated ? this.#done() : this.#question()}
    </dialog>`
  }

  #question() {
    return html`<div class="dialog-body">
        ${field({
          id: 'rotate-grace',
          name: 'grace',
          label: t('rotate.grace'),
          help: t(this.grace ? 'rotate.grace.help' : 'rotate.grace.none.help'),
          value: String(this.grace),
          options: GRACES.map(g => ({ value: String(g), label: t(`rotate.grace.${g}`) })),
          input: value => (this.grace = Number(value)),
        })}
      </div>
      <div class="dialog-foot">
        <button class="button" @click=${() => this.close()}>${t('cancel')}</button>
        <button class="button primary ${this.grace ? '' : 'danger'}" ?disabled=${this.busy} @click=${this.#rotate}>${t('rotate.action')}</button>
      </div>`
  }

  #done() {
    const until = this.rotated.previousValidUntil
    return html`<div class="dialog-body">
        ${secretPanel(this.rotated)}
        <p>${until ? t('rotate.until', { time: dateTime(until) }) : t('rotate.ended')}</p>
      </div>
      <div class="dialog-foot"><button class="button" @click=${() => this.close(true)}>${t('done')}</button></div>`
  }

  async #rotate() {
    this.busy = true
    this.rotated = await guarded(() => rotate(this.token.tokenId, this.grace))
    this.busy = false
    // However the dialog is closed from here on.
    this.result = Boolean(this.rotated)
  }
}

define('rotate-dialog', RotateDialog)
