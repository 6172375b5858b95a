import './account-field.js'
import './addresses-field.js'
import './expiry-field.js'
import './limits-field.js'
import './models-field.js'
import './quota-field.js'
import { Modal } from '../core/modal.js'
import { Problem } from '../core/problem.js'
import { changeToken, createToken } from '../core/commands.js'
import { define } from '../core/element.js'
import { dialogHead } from './dialog-head.js'
import { errorText, field } from './field.js'
import { groups, models } from '../core/queries.js'
import { html, nothing } from '../lib/lit.js'
import { icon } from './icon.js'
import { notify } from './notices.js'
import { sayProblem, t } from '../core/messages.js'
import { secretPanel } from './secret-panel.js'
import { session } from '../core/session.js'

const SETTINGS = ['name', 'group', 'quotaLimit', 'quotaPeriod', 'modelQuotas', 'rateLimits', 'models', 'ipAllowlist', 'expiresAt']
const MOST_NAME = 100

/**
 * Creates a token, or changes one. Each restriction says what it is good for, everything is checked while it is typed, and
 * what the ledger refuses stands beside the field it is about. A new token's secret stays until the drawer is closed.
 * Closes with the token's id where something was done.
 */
export class TokenDrawer extends Modal {
  static properties = { token: {}, draft: { state: true }, catalog: { state: true }, problem: { state: true }, mistakes: { state: true }, busy: { state: true }, created: { state: true } }

  constructor() {
    super()
    this.mistakes = {}
  }

  connectedCallback() {
    super.connectedCallback()
    this.draft = this.token ? settingsOf(this.token) : { ...settingsOf({}), accountId: session.me.accountId ?? null, name: '', group: null }
    this.#load()
  }

  render() {
    return html`<dialog class="drawer" aria-labelledby="drawer-title">${this.created ? this.#done() : this.#form()}</dialog>`
  }

  #form() {
    const { draft, token, problem } = this
    const set = e => this.#set(e.detail)
    const wrong = name => this.mistakes[name] ?? (problem && errorText(problem, name))
    return html`<form @submit=${this.#submit} novalidate>
      ${dialogHead('drawer-title', token ? t('drawer.edit', { name: token.name }) : t('drawer.create'), () => this.close(), t(token ? 'drawer.edit.lead' : 'drawer.create.lead'))}
      <div class="dialog-body">
        ${token || session.me.accountId ? nothing : html`<account-field .error=${wrong('accountId')} @account=${set}></account-field>`}
        ${field({ id: 'token-name', name: 'name', label: t('name.label'), help: t('name.help'), placeholder: t('name.placeholder'), value: draft.name, maxlength: MOST_NAME, error: wrong('name'), input: name => this.#set({ name }) })}
        ${field({ id: 'token-group', name: 'group', label: t('group.label'), help: t('group.help'), value: draft.group, error: wrong('group'), options: this.#groups(), input: group => this.#set({ group }) })}
        <quota-field .value=${draft.quotaLimit} .period=${draft.quotaPeriod} .error=${wrong('quotaLimit') ?? null} @quota=${set}></quota-field>
        <models-field .value=${draft.models} .catalog=${this.catalog?.models ?? []} .closed=${this.catalog?.closed ?? false} .error=${wrong('models') ?? null} @models=${set}></models-field>
        <addresses-field .value=${draft.ipAllowlist} .error=${this.#addressError(wrong)} @addresses=${set}></addresses-field>
        <expiry-field .value=${draft.expiresAt} .was=${token?.expiresAt} .error=${wrong('expiresAt') ?? null} @expiry=${set}></expiry-field>
        <limits-field .rateLimits=${draft.rateLimits} .modelQuotas=${draft.modelQuotas} .problem=${problem} @limits=${set}></limits-field>
        <datalist id="known-models">${(this.catalog?.models ?? []).map(m => html`<option value=${m}></option>`)}</datalist>
        ${this.mistakes.limits ? html`<p class="bad small">${this.mistakes.limits}</p>` : nothing}
      </div>
      <div class="dialog-foot">
        ${problem && !this.#named() ? html`<p class="message bad" role="alert">${icon('warn')}<span>${sayProblem(problem)}</span></p>` : nothing}
        <button type="button" class="button" @click=${() => this.close()}>${t('cancel')}</button>
        <button class="button primary" ?disabled=${this.busy}>${t(token ? 'save' : 'drawer.create.action')}</button>
      </div>
    </form>`
  }

  #done() {
    return html`<div class="sheet">
      ${dialogHead('drawer-title', t('drawer.created', { name: this.draft.name }), () => this.close(this.result), t('drawer.created.lead'))}
      <div class="dialog-body">
        ${secretPanel(this.created)}
        <p class="message">${icon('info')}<span>${t('drawer.created.hint')}</span></p>
        <p><a href="#/tokens/${this.created.tokenId}" @click=${() => this.close(this.result)}>${t('drawer.created.next')}</a></p>
      </div>
      <div class="dialog-foot"><button class="button" @click=${() => this.close(this.result)}>${t('done')}</button></div>
    </div>`
  }

  async #load() {
    const [g, m] = await Promise.all([groups(), models()]).catch(problem => {
      this.problem = problem
      return [{ items: [] }, { items: [], closed: false }]
    })
    this.catalog = { groups: g.items.filter(x => !x.retired), models: m.items.filter(x => !x.retired).map(x => x.model), closed: m.closed }
    if (!this.draft.group) {
      const first = this.catalog.groups.find(x => x.name === 'default') ?? this.catalog.groups[0]
      this.draft = { ...this.draft, group: first?.name ?? null }
    }
  }

  #groups() {
    const known = (this.catalog?.groups ?? []).map(g => ({ value: g.name, label: g.displayName === g.name ? g.name : `${g.displayName} (${g.name})` }))
    const own = this.draft.group
    return own && !known.some(o => o.value === own) ? [{ value: own, label: own }, ...known] : known
  }

  #addressError(wrong) {
    const error = this.problem?.of('ipAllowlist')
    return error && error.index >= 0 ? t('addresses.bad', { entry: this.draft.ipAllowlist?.[error.index] ?? '' }) : (wrong('ipAllowlist') ?? null)
  }

  #named() {
    return [...SETTINGS, 'accountId', 'rateLimits'].some(name => this.problem.of(name))
  }

  #set(changes) {
    this.draft = { ...this.draft, ...changes }
    this.problem = null
    this.mistakes = Object.fromEntries(Object.entries(this.mistakes).filter(([name]) => !(name in changes)))
  }

  /** What is wrong by what this page knows. The ledger has the last word. */
  #check() {
    const of = tag => this.querySelector(tag)?.check() ?? undefined
    const mistakes = {
      accountId: of('account-field'),
      name: this.draft.name.trim() ? undefined : t('name.none'),
      group: this.draft.group ? undefined : t('group.none'),
      quotaLimit: of('quota-field'),
      models: of('models-field'),
      ipAllowlist: of('addresses-field'),
      expiresAt: of('expiry-field'),
      limits: of('limits-field'),
    }
    this.mistakes = Object.fromEntries(Object.entries(mistakes).filter(([, text]) => text))
    return Object.keys(this.mistakes).length === 0
  }

  async #submit(e) {
    e.preventDefault()
    this.problem = null
    await this.querySelector('account-field')?.settle()
    if (!this.#check()) {
      return this.#pointOut()
    }
    this.busy = true
    try {
      if (this.token) {
        await this.#change()
      } else {
        this.created = await createToken(withoutNulls(this.draft))
        // However the drawer is closed from here on.
        this.result = this.created.tokenId
        await this.updateComplete
        this.querySelector('.secret .button')?.focus()
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

  async #change() {
    const before = settingsOf(this.token)
    const changes = Object.fromEntries(SETTINGS.filter(name => !same(before[name], this.draft[name])).map(name => [name, this.draft[name]]))
    if (Object.keys(changes).length > 0) {
      await changeToken(this.token, changes)
      notify(t('drawer.saved', { name: this.draft.name }))
    }
    this.close(this.token.tokenId)
  }

  async #pointOut() {
    await this.updateComplete
    await new Promise(requestAnimationFrame)
    const first = this.querySelector('[aria-invalid="true"], .bad, .error')
    first?.scrollIntoView({ block: 'center' })
    first?.focus?.()
  }
}

function settingsOf(token) {
  return {
    name: token.name,
    group: token.group,
    quotaLimit: token.quotaLimit ?? null,
    quotaPeriod: token.quotaPeriod ?? null,
    modelQuotas: token.modelQuotas?.map(({ model, quotaLimit }) => ({ model, quotaLimit })) ?? null,
    rateLimits: token.rateLimits ?? null,
    models: token.models ?? null,
    ipAllowlist: token.ipAllowlist ?? null,
    expiresAt: token.expiresAt ?? null,
  }
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)
const withoutNulls = settings => Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null))

define('token-drawer', TokenDrawer)
