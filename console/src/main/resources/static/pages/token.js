import '../parts/access-card.js'
import '../parts/diagnosis-card.js'
import '../parts/history-card.js'
import '../parts/masked-secret.js'
import '../parts/quota-bar.js'
import '../parts/token-switch.js'
import '../parts/usage-card.js'
import { Page } from '../core/page.js'
import { can } from '../core/session.js'
import { define } from '../core/element.js'
import { dateTime } from '../core/format.js'
import { go } from '../core/router.js'
import { html, nothing } from '../lib/lit.js'
import { menu } from '../parts/menu.js'
import { icon } from '../parts/icon.js'
import { models, token, tokenHistory, tokenUsage } from '../core/queries.js'
import { pageHead } from '../parts/page-head.js'
import { problemBox } from '../parts/notices.js'
import { settingsCard } from '../parts/settings-card.js'
import { t } from '../core/messages.js'
import { throttled } from '../core/live.js'
import { tokenActions } from '../parts/token-actions.js'
import { tokenStatus } from '../parts/token-status.js'

/** One token: what it may, what it did, what it was, why it is refused, and how to use it. */
class TokenPage extends Page {
  static properties = { token: { state: true }, gone: { state: true }, then: { state: true }, moment: { state: true }, version: { state: true }, models: { state: true } }

  constructor() {
    super()
    this.gone = false
    this.moment = null
    this.version = 0
    this.models = []
    this.usage = parameters => tokenUsage(this.itemId, parameters)
    this.changed = throttled(this.reload, 3_000)
  }

  connectedCallback() {
    super.connectedCallback()
    this.addEventListener('token-changed', this.reload)
    models().then(m => (this.models = m.items.filter(x => !x.retired).map(x => x.model)), () => {})
  }

  concerns({ kind, event }) {
    return kind === 'token' && event.subject === this.itemId
  }

  async load() {
    const { gone, now } = await present(this.itemId)
    return () => {
      this.token = now
      this.gone = gone
      this.version++
    }
  }

  render() {
    const crumb = { href: '#/tokens', text: t('tokens.title') }
    if (!this.token) {
      return html`${pageHead({ title: this.problem ? t('token.missing') : t('token.loading'), crumb })}${this.problem ? problemBox(this.problem, this.reload) : nothing}`
    }
    const { token: shown, gone, then, moment } = this
    const changeable = can('change') && !gone
    return html`
      ${pageHead({
        title: shown.name,
        crumb,
        beside: gone ? html`<span class="chip">${t('status.deleted')}</span>` : html`${tokenStatus(shown)}<token-switch .token=${shown}></token-switch>`,
        lead: html`${gone ? nothing : html`<masked-secret .token=${shown}></masked-secret>`} <span class="small soft break">${shown.tokenId}</span>`,
        actions: changeable ? menu({ id: 'token-menu', label: t('token.more', { name: shown.name }), items: tokenActions(shown, this.#after) }) : null,
      })}
      ${this.problem ? problemBox(this.problem, this.reload) : nothing}
      ${gone ? html`<p class="message">${icon('info')}<span>${t('token.gone')}</span></p>` : nothing}
      <section class="card padded" aria-label=${t('quota.label')}><quota-bar .token=${shown}></quota-bar>
        ${shown.periodEndsAt ? html`<p class="small soft">${t('quota.reset', { time: dateTime(shown.periodEndsAt) })}</p>` : nothing}</section>
      <div class="two">
        <div class="stack">
          <usage-card .source=${this.usage} .version=${this.version}></usage-card>
          <diagnosis-card .tokenId=${this.itemId} .models=${this.models}></diagnosis-card>
          <history-card .tokenId=${this.itemId} .version=${this.version} .moment=${moment} @moment=${e => this.#travel(e.detail)}></history-card>
        </div>
        <div class="stack">
          ${settingsCard({ token: shown, changeable, then: moment === null ? null : then, moment, back: () => this.#travel(null), after: this.#after })}
          ${gone ? nothing : html`<access-card .token=${shown} .models=${this.models}></access-card>`}
        </div>
      </div>`
  }

  async #travel(moment) {
    this.moment = moment
    this.then = null
    if (moment === null) {
      return
    }
    try {
      const then = await token(this.itemId, moment)
      if (this.moment === moment) {
        this.then = then
      }
    } catch (problem) {
      this.moment = null
      this.problem = problem
    }
  }

  #after = what => {
    if (what === 'deleted') {
      go('#/tokens')
    } else {
      this.reload()
    }
  }
}

/** A token as it is, or, of one that was deleted, as it was at the end. */
async function present(id) {
  try {
    return { gone: false, now: await token(id) }
  } catch (problem) {
    if (problem.code !== 'TOKEN_DELETED') {
      throw problem
    }
    const [deletion] = (await tokenHistory(id, { limit: 1 })).items
    return { gone: true, now: await token(id, deletion.sequence - 1) }
  }
}

define('page-token', TokenPage)
