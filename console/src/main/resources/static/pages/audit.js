import '../parts/actor-name.js'
import '../parts/name-of.js'
import '../parts/seal-card.js'
import { Page } from '../core/page.js'
import { audit, exportAddress, proofAddress, queryText } from '../core/queries.js'
import { can } from '../core/session.js'
import { dateTimeExact, eventName } from '../core/format.js'
import { define } from '../core/element.js'
import { empty } from '../parts/empty.js'
import { eventWords } from '../parts/event-words.js'
import { field } from '../parts/field.js'
import { html, nothing, repeat } from '../lib/lit.js'
import { icon } from '../parts/icon.js'
import { keepQuery } from '../core/router.js'
import { pageHead } from '../parts/page-head.js'
import { problemBox } from '../parts/notices.js'
import { t } from '../core/messages.js'
import { throttled } from '../core/live.js'

const ON_A_PAGE = 100
const CLASSES = ['settings', 'security', 'balance', 'usage']
const DEFAULT_CLASSES = ['settings', 'security', 'balance']

/** Everything that ever happened, by whom, to be narrowed down, taken away as a file, and checked without trusting us. */
class AuditPage extends Page {
  static properties = { items: { state: true }, next: { state: true }, filters: { state: true }, fresh: { state: true } }

  constructor() {
    super()
    this.filters = {}
    this.fresh = 0
    this.cursor = null
    this.soon = throttled(this.reload)
  }

  connectedCallback() {
    this.filters = Object.fromEntries(this.query)
    super.connectedCallback()
  }

  concerns({ kind }) {
    return kind !== 'state'
  }

  // Whoever has gone on reading is not thrown back to the top.
  changed() {
    if (this.items?.length > ON_A_PAGE || scrollY > 300) {
      this.fresh++
    } else {
      this.soon()
    }
  }

  async load() {
    const cursor = this.cursor
    const page = await audit({ ...this.#asked(), limit: ON_A_PAGE, cursor })
    return () => {
      this.items = cursor ? [...this.items, ...page.items] : page.items
      this.next = page.nextCursor
      this.cursor = null
      if (!cursor) {
        this.fresh = 0
      }
    }
  }

  render() {
    return html`
      ${pageHead({ title: t('audit.title'), lead: t('audit.lead') })}
      ${this.#filters()}
      ${this.problem ? problemBox(this.problem, this.reload) : nothing}
      ${this.fresh ? html`<p class="message"><button class="button small" @click=${() => this.#again()}>${t('audit.fresh', { count: this.fresh })}</button></p>` : nothing}
      ${this.items ? html`<section class="card" aria-label=${t('audit.feed')}>${this.items.length ? this.#feed() : empty({ picture: 'list', title: t('audit.none'), text: t('audit.none.text') })}</section>` : nothing}
      ${this.#export()}
      <seal-card></seal-card>`
  }

  #filters() {
    const { filters } = this
    const text = (name, placeholder, type = 'text') => field({ id: name, name, label: t(`audit.filter.${name}`), value: filters[name] ?? '', placeholder, type, mono: type === 'text', input: value => this.#filter({ [name]: value.trim() }) })
    const chosen = this.#classes()
    return html`<form class="filters" role="search" @submit=${e => e.preventDefault()}>
      <fieldset><legend class="off-screen">${t('audit.filter.class')}</legend><div class="segments">
        ${CLASSES.map(c => html`<label><input type="checkbox" .checked=${chosen.includes(c)} @change=${e => this.#toggle(c, e.target.checked)}><span>${t(`audit.class.${c}`)}</span></label>`)}</div></fieldset>
      ${text('actor', 'owner:usr_…')}${text('tokenId', 'tok_…')}${can('accounts') ? text('accountId', 'acc_…') : nothing}${text('from', '', 'datetime-local')}${text('to', '', 'datetime-local')}
    </form>`
  }

  #feed() {
    return html`<table class="feed-table stacking" role="table" aria-label=${t('audit.feed')}>
      <thead role="rowgroup"><tr role="row"><th role="columnheader">${t('audit.when')}</th><th role="columnheader">${t('audit.what')}</th><th role="columnheader">${t('audit.subject')}</th><th role="columnheader">${t('audit.who')}</th></tr></thead>
      <tbody role="rowgroup">${repeat(this.items, e => e.id, e => row(e, this.#toActor(e.actor)))}</tbody></table>
      ${this.next ? html`<p class="pager"><button class="button small" ?disabled=${this.loading} @click=${this.#more}>${t('audit.more')}</button></p>` : nothing}`
  }

  #export() {
    const link = format => html`<a class="button" download href=${exportAddress({ format, ...this.#asked() })}>${icon('download')}${t(`audit.export.${format}`)}</a>`
    return html`<section class="card" aria-labelledby="export-title">
      <header><div><h2 id="export-title">${t('audit.export')}</h2><p class="soft small">${t('audit.export.text')}</p></div></header>
      <div class="body buttons">${link('ndjson')}${link('csv')}</div>
    </section>`
  }

  /** Where there is what else the same did; null there. A name says nothing that could be typed into the filter. */
  #toActor(actor) {
    return actor === this.filters.actor ? null : `#/audit${queryText({ ...this.filters, actor })}`
  }

  #classes() {
    return this.filters.class === undefined ? DEFAULT_CLASSES : this.filters.class.split('.').filter(Boolean)
  }

  #asked() {
    const { class: _, from, to, ...rest } = this.filters
    const classes = this.#classes()
    // A token's or nobody's choice of classes: all of them is no restriction.
    return { ...rest, class: classes.length === CLASSES.length ? [] : classes, from: from && new Date(from).toISOString(), to: to && new Date(to).toISOString() }
  }

  #toggle(name, on) {
    const others = this.#classes().filter(c => c !== name)
    this.#filter({ class: (on ? [...others, name] : others).join('.') || undefined })
  }

  #filter(changes) {
    this.filters = { ...this.filters, ...changes }
    keepQuery('audit', this.filters)
    clearTimeout(this.pause)
    this.pause = setTimeout(() => this.#again(), 300)
  }

  #again() {
    this.cursor = null
    this.reload()
  }

  #more = () => {
    this.cursor = this.next
    this.reload()
  }
}

const row = (event, toActor) => html`<tr role="row">
  <td role="cell" class="nowrap"><time datetime=${event.recordedAt}>${dateTimeExact(event.recordedAt)}</time></td>
  <td role="cell"><details><summary>${eventWords(event)}</summary><pre tabindex="0" aria-label=${t('audit.raw')}>${JSON.stringify({ ...event, type: eventName(event.type) }, null, 2)}</pre><a class="small" download=${`${event.id}.tlog-proof`} href=${proofAddress(event.id)}>${t('audit.proof')}</a></details></td>
  <td role="cell">${subject(event.subject)}</td>
  <td role="cell" class="small who">${toActor ? html`<a href=${toActor}><actor-name .actor=${event.actor}></actor-name></a>` : html`<actor-name .actor=${event.actor}></actor-name>`}</td>
</tr>`

function subject(id) {
  const place = id.startsWith('tok_') ? `#/tokens/${id}` : id.startsWith('acc_') ? `#/accounts/${id}` : null
  return place ? html`<a href=${place}><name-of .of=${id}></name-of></a>` : id === 'catalog' ? t('catalog.title') : id
}

define('page-audit', AuditPage)
