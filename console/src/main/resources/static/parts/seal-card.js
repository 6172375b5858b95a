import { CHECKPOINT_ADDRESS, checkpoint, sealKey } from '../core/queries.js'
import { Element, define } from '../core/element.js'
import { copyText } from './secrets.js'
import { html, nothing } from '../lib/lit.js'
import { icon } from './icon.js'
import { t } from '../core/messages.js'

/** The signed log that every event is sealed in, for whoever wants to hold history against it later. */
class SealCard extends Element {
  static properties = { log: { state: true }, key: { state: true } }

  connectedCallback() {
    super.connectedCallback()
    // Without them there is only nothing to take away: a ledger that is a second old has sealed nothing yet.
    Promise.all([checkpoint(), sealKey()]).then(([log, key]) => Object.assign(this, { log, key }), () => {})
  }

  render() {
    return html`<section class="card" aria-labelledby="seal-title">
      <header><div><h2 id="seal-title">${t('seal.title')}</h2><p class="soft small">${t('seal.lead')}</p></div></header>
      ${this.log ? this.#log() : nothing}
    </section>`
  }

  #log() {
    return html`<div class="body stack">
      <dl class="facts"><dt>${t('seal.sealed')}</dt><dd>${t('seal.events', { count: this.log.size })}</dd><dt>${t('seal.root')}</dt><dd><code>${this.log.root}</code></dd><dt>${t('seal.key')}</dt><dd><code>${this.key}</code></dd></dl>
      <div class="buttons"><a class="button" download="checkpoint.txt" href=${CHECKPOINT_ADDRESS}>${icon('download')}${t('seal.checkpoint')}</a>
        <button class="button" @click=${() => copyText(this.key, t('copied.sealKey'))}>${icon('copy')}${t('seal.copyKey')}</button></div>
    </div>`
  }
}

define('seal-card', SealCard)
