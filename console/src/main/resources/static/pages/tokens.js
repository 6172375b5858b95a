import '../parts/name-of.js'
import { Page } from '../core/page.js'
import { TokenDrawer } from '../parts/token-drawer.js'
import { alarmOf, notify, problemBox } from '../parts/notices.js'
import { bulk } from '../core/commands.js'
import { can } from '../core/session.js'
import { confirm } from '../parts/confirm-dialog.js'
import { define } from '../core/element.js'
import { empty } from '../parts/empty.js'
import { groups, models, tokens } from '../core/queries.js'
import { html, nothing } from '../lib/lit.js'
import { icon } from '../parts/icon.js'
import { keepQuery } from '../core/router.js'
import { pageHead } from '../parts/page-head.js'
import { pager } from '../parts/pager.js'
import { t } from '../core/messages.js'
import { throttled } from '../core/live.js'
import { tokenFilters } from '../parts/token-filters.js'
import { tokenTable } from '../parts/token-table.js'

const ON_A_PAGE = 50
const NEAR_PERCENT = 80
const AHEAD_MS = { day: 86_400_000, week: 7 * 86_400_000 }

const ofAccount = name => t('tokens.ofAccount', { name })

/** The tokens: found, switched, copied, changed, by one or by many. A page at a time, however many there are. */
class TokensPage extends Page {
  static properties = { page: { state: true }, filters: { state: true }, chosen: { state: true }, catalog: { state: true } }

  constructor() {
    super()
    this.filters = {}
    this.chosen = new Set()
    this.catalog = { groups: [], models: [] }
    // Where each page before this one began: cursors lead on, and back is by what one has seen.
    this.trail = [null]
    this.changed = throttled(this.reload)
  }

  connectedCallback() {
    this.filters = Object.fromEntries(this.query)
    super.connectedCallback()
    this.addEventListener('token-changed', this.reload)
    Promise.all([groups(), models()]).then(([g, m]) => (this.catalog = { groups: g.items, models: m.items.filter(x => !x.retired) }), () => {})
  }

  concerns({ kind }) {
    return kind === 'token'
  }

  async load() {
    const { watch, ...filters } = this.filters
    const page = await tokens({
      ...filters,
      ...(watch === 'quota' ? { nearQuota: NEAR_PERCENT } : watch ? { expiringBefore: new Date(Date.now() + AHEAD_MS[watch]).toISOString() } : {}),
      limit: ON_A_PAGE,
      cursor: this.trail.at(-1),
    })
    return () => {
      this.page = page
      const shown = new Set(page.items.map(token => token.tokenId))
      this.chosen = new Set([...this.chosen].filter(id => shown.has(id)))
    }
  }

  render() {
    const filtered = Object.values(this.filters).some(Boolean)
    return html`
      ${pageHead({
        title: t('tokens.title'),
        lead: t('tokens.lead'),
        actions: can('change') ? html`<button class="button primary" @click=${this.#create}>${icon('plus')}${t('tokens.create')}</button>` : null,
      })}
      ${this.page || filtered ? tokenFilters({ filters: this.filters, ...this.catalog, change: this.#filter }) : nothing}
      ${this.filters.accountId ? html`<p><button class="button small" @click=${() => this.#filter({ accountId: undefined })}>${icon('close')}<name-of .of=${this.filters.accountId} .words=${ofAccount}></name-of></button></p>` : nothing}
      ${this.chosen.size > 0 ? this.#bulkBar() : nothing}
      ${this.problem ? problemBox(this.problem, this.reload) : nothing}
      ${this.page ? html`<section class="card" aria-label=${t('tokens.title')}>${this.page.items.length ? this.#list() : this.#nothing(filtered)}</section>` : nothing}`
  }

  #list() {
    const { items, total, totalAtLeast, nextCursor } = this.page
    return html`
      ${tokenTable({ tokens: items, accounts: can('accounts') && !this.filters.accountId, chosen: this.chosen, choose: this.#choose, chooseAll: this.#chooseAll, after: this.reload })}
      ${pager({
        first: (this.trail.length - 1) * ON_A_PAGE + 1,
        shown: items.length,
        total,
        atLeast: totalAtLeast,
        back: this.trail.length > 1 ? () => this.#turn(this.trail.slice(0, -1)) : null,
        next: nextCursor ? () => this.#turn([...this.trail, nextCursor]) : null,
      })}`
  }

  #nothing(filtered) {
    return filtered
      ? empty({ picture: 'key', title: t('tokens.noneFound'), text: t('tokens.noneFound.text'), action: html`<button class="button" @click=${() => this.#restart({})}>${t('filter.clear')}</button>` })
      : empty({ picture: 'key', title: t('tokens.none'), text: t('tokens.none.text'), action: can('change') ? html`<button class="button primary" @click=${this.#create}>${icon('plus')}${t('tokens.create')}</button>` : null })
  }

  #bulkBar() {
    return html`<div class="bulk" role="region" aria-label=${t('bulk.label')}>
      <span aria-live="polite">${t('bulk.chosen', { count: this.chosen.size })}</span>
      <button class="button small" @click=${() => this.#bulk('enable')}>${t('bulk.enable')}</button>
      <button class="button small" @click=${() => this.#bulk('disable')}>${t('bulk.disable')}</button>
      <button class="button small danger" @click=${() => this.#bulk('delete')}>${t('bulk.delete')}</button>
      <button class="button small quiet" @click=${() => (this.chosen = new Set())}>${t('bulk.clear')}</button>
    </div>`
  }

  #filter = (changes, pause = 0) => {
    this.filters = { ...this.filters, ...changes }
    clearTimeout(this.pause)
    this.pause = setTimeout(() => this.#restart(this.filters), pause)
  }

  #restart(filters) {
    this.filters = filters
    keepQuery('tokens', filters)
    this.#turn([null])
  }

  #turn(trail) {
    this.trail = trail
    this.chosen = new Set()
    return this.reload()
  }

  #choose = (id, on) => {
    const chosen = new Set(this.chosen)
    on ? chosen.add(id) : chosen.delete(id)
    this.chosen = chosen
  }

  #chooseAll = on => {
    this.chosen = new Set(on ? this.page.items.map(token => token.tokenId) : [])
  }

  #create = async () => {
    if (await TokenDrawer.open()) {
      this.#turn([null])
    }
  }

  async #bulk(action) {
    const count = this.chosen.size
    if (action !== 'enable' && !(await confirm({ heading: t(`bulk.${action}.title`, { count }), text: t(`bulk.${action}.text`, { count }), action: t(`bulk.${action}`), dangerous: action === 'delete' }))) {
      return
    }
    try {
      const { items } = await bulk(action, [...this.chosen])
      const failed = items.filter(i => !i.done)
      notify(failed.length ? t('bulk.partly', { count: items.length - failed.length, why: failed[0].detail ?? failed[0].code, failed: failed.length }) : t(`bulk.${action}.done`, { count }))
      this.chosen = new Set()
      this.reload()
    } catch (problem) {
      alarmOf(problem)
    }
  }
}

define('page-tokens', TokensPage)
