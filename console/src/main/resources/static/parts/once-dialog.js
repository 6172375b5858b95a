import { Modal } from '../core/modal.js'
import { copyText } from './secrets.js'
import { define } from '../core/element.js'
import { dialogHead } from './dialog-head.js'
import { html } from '../lib/lit.js'
import { icon } from './icon.js'
import { t } from '../core/messages.js'

/** Something that is shown once and never again: a link, or a program's secret. */
export class OnceDialog extends Modal {
  static properties = { heading: {}, lead: {}, text: {}, said: {} }

  render() {
    return html`<dialog class="box" aria-labelledby="once-title">
      ${dialogHead('once-title', this.heading, () => this.close(), this.lead)}
      <div class="dialog-body"><div class="secret"><code data-secret>${this.text}</code>
        <div class="buttons"><button class="button primary" @click=${() => copyText(this.text, this.said)}>${icon('copy')}${t('copy')}</button></div></div></div>
      <div class="dialog-foot"><button class="button" @click=${() => this.close()}>${t('done')}</button></div>
    </dialog>`
  }
}

define('once-dialog', OnceDialog)
