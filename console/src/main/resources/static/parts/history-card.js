import './actor-name.js'
import { Element, define } from '../core/element.js'
import { ago, dateTimeExact } from '../core/format.js'
import { eventKind, eventWords } from './event-words.js'
import { html, nothing, repeat } from '../lib/lit.js'
import { problemBox } from './notices.js'
import { settingName, settingWords } from './setting-words.js'
import { t } from '../core/messages.js'
import { tokenHistory } from '../core/queries.js'

const MOST = 200
const SHOWN = 12
const PAUSE_MS = 120
// What changes with every event, or is what the event itself says.
const UNTOLD = ['changedAt', 'sequence', 'lastUsedAt', 'deleted']
const SETTINGS = [
  'token-created', 'token-imported', 'token-renamed', 'token-group-changed', 'quota-limit-changed', 'quota-period-changed', 'model-quotas-changed', 'rate-limits-changed', 'model-access-changed',
  'ip-allowlist-changed', 'expiration-changed', 'token-enabled', 'token-disabled', 'token-expired', 'token-deleted', 'secret-revealed', 'secret-rotated', 'quota-exhausted', 'model-quota-exhausted', 'quota-refunded',
].map(name => `com.tokaify.ledger.${name}.v1`)

/**
 * What happened to a token, and a slider through it. Where the slider stands, the page shows the token as it was: the event
 * `moment` carries the sequence, or null for now.
 */
class HistoryCard extends Element {
  static properties = { tokenId: {}, version: {}, moment: {}, usageToo: { state: true }, items: { state: true }, all: { state: true }, problem: { state: true } }

  willUpdate(changed) {
    if (changed.has('version') || changed.has('usageToo')) {
      this.#load()
    }
  }

  render() {
    return html`<section class="card" aria-labelledby="history-title">
      <header><h2 id="history-title">${t('history.title')}</h2>
        <label class="choice small"><input type="checkbox" @change=${e => (this.usageToo = e.target.checked)}>${t('history.usageToo')}</label></header>
      <div class="body">${this.problem ? problemBox(this.problem, () => this.#load()) : this.items?.length ? html`${this.#slider()}${this.#timeline()}` : nothing}</div>
    </section>`
  }

  #slider() {
    const last = this.items.length - 1
    const at = this.moment === null ? last : last - this.items.findIndex(i => i.sequence <= this.moment)
    const item = this.items[last - at]
    const said = at === last ? t('history.now') : `${dateTimeExact(item.recordedAt)}: ${eventWords(item)}`
    return html`<div class="field"><label for="moment">${t('history.slider')}</label>
      <input type="range" id="moment" min="0" max=${last} .value=${String(at)} aria-valuetext=${said} aria-describedby="moment-help" @input=${e => this.#travel(Number(e.target.value))}>
      <p class="help" id="moment-help">${said}</p></div>`
  }

  #timeline() {
    const shown = this.all ? this.items : this.items.slice(0, SHOWN)
    return html`<ol class="timeline">${repeat(shown, i => i.sequence, i => this.#entry(i))}</ol>
      ${shown.length < this.items.length ? html`<button class="button small" @click=${() => (this.all = true)}>${t('history.more', { count: this.items.length - shown.length })}</button>` : nothing}
      ${this.items.length === MOST ? html`<p class="small soft">${t('history.most', { count: MOST })} <a href="#/audit?tokenId=${this.tokenId}">${t('history.inAudit')}</a></p>` : nothing}`
  }

  #entry(item) {
    const shows = item.type.includes('token-created') ? [] : item.changes.filter(c => !UNTOLD.includes(c.field))
    return html`<li class="${eventKind(item.type)} ${item.sequence === this.moment ? 'now-shown' : ''}"><div>
      <span class="what">${eventWords(item)}</span>
      <div class="who"><time datetime=${item.recordedAt} title=${dateTimeExact(item.recordedAt)}>${ago(item.recordedAt)}</time> · <actor-name .actor=${item.actor}></actor-name></div>
      ${shows.length ? html`<ul class="changes">${shows.map(c => html`<li>${settingName(c.field)}: <del>${settingWords(c.field, c.before)}</del> <span aria-hidden="true">→</span> <ins>${settingWords(c.field, c.after)}</ins></li>`)}</ul>` : nothing}
    </div></li>`
  }

  // A slider that is dragged asks for where it comes to rest.
  #travel(at) {
    const last = this.items.length - 1
    this.moment = at === last ? null : this.items[last - at].sequence
    clearTimeout(this.pause)
    this.pause = setTimeout(() => this.dispatchEvent(new CustomEvent('moment', { detail: this.moment })), PAUSE_MS)
  }

  async #load() {
    try {
      const page = await tokenHistory(this.tokenId, { limit: MOST, type: this.usageToo ? undefined : SETTINGS.join(',') })
      this.items = page.items
      this.problem = null
    } catch (problem) {
      this.problem = problem
    }
  }
}

define('history-card', HistoryCard)
