import './notices.js'
import { Element, define } from '../core/element.js'
import { askForPassword } from './password-dialog.js'
import { can, session } from '../core/session.js'
import { chooseLanguage, language, t } from '../core/messages.js'
import { html, nothing } from '../lib/lit.js'
import { icon } from './icon.js'
import { listen, liveState } from '../core/live.js'
import { place } from '../core/router.js'
import { signOut } from '../core/sign-out.js'

const PLACES = [
  { page: 'tokens', needs: 'tokens', icon: 'key', also: ['token'] },
  { page: 'accounts', needs: 'accounts', icon: 'building', also: ['account'] },
  { page: 'audit', needs: 'audit', icon: 'list' },
  { page: 'catalog', needs: 'catalog', icon: 'grid' },
  { page: 'users', needs: 'users', icon: 'people' },
  { page: 'instances', needs: 'instances', icon: 'pulse' },
]

/** The frame around every page: where one can go, who one is, and whether what one sees is live. */
class AppShell extends Element {
  static properties = { place: { state: true }, open: { state: true }, live: { state: true } }

  constructor() {
    super()
    this.open = false
    this.live = liveState()
  }

  connectedCallback() {
    super.connectedCallback()
    addEventListener('hashchange', () => this.#enter())
    addEventListener('keydown', e => e.key === 'Escape' && this.#close())
    if (session.me.role !== 'gateway') {
      listen(({ kind }) => kind === 'state' && (this.live = liveState()))
    }
    this.#enter()
  }

  render() {
    return html`
      <a class="button skip" href="#main" @click=${this.#skip}>${t('nav.skip')}</a>
      <div class="top">
        ${this.#brand()}
        <button class="button quiet icon" aria-label=${t('nav.menu')} aria-expanded=${this.open} aria-controls="side" @click=${() => (this.open = !this.open)}>${icon('menu')}</button>
      </div>
      ${this.open ? html`<div class="side-shade" @click=${this.#close}></div>` : nothing}
      <aside id="side" class="side ${this.open ? 'open' : ''}">
        ${this.#brand()}
        <nav aria-label=${t('nav.label')}>${this.#links()}</nav>
        ${this.#me()}
      </aside>
      <main id="main"></main>
      <notice-area></notice-area>`
  }

  #brand() {
    return html`<a class="brand" href="#/tokens"><img src="/icon.svg" alt="" width="26" height="26">Tokaify</a>`
  }

  #links() {
    const links = PLACES.filter(p => can(p.needs)).map(p => this.#link(p.page, `#/${p.page}`, p.icon, [p.page, ...(p.also ?? [])].includes(this.place?.page)))
    if (!can('accounts') && session.me.accountId && can('account')) {
      links.splice(1, 0, this.#link('account', `#/accounts/${session.me.accountId}`, 'wallet', this.place?.page === 'account'))
    }
    return links
  }

  #link(name, href, picture, current) {
    return html`<a href=${href} aria-current=${current ? 'page' : nothing}>${icon(picture)}${t(`nav.${name}`)}</a>`
  }

  #me() {
    const { me } = session
    return html`<div class="me">
      <div><strong>${me.name}</strong><span class="soft">${t(`role.${me.role}`)}</span></div>
      <span class="stream ${this.live === 'live' ? 'on' : ''}">${t(`live.${this.live}`)}</span>
      <div class="choices">
        <label><span class="off-screen">${t('theme.label')}</span>
          <select class="input" @change=${e => chooseTheme(e.target.value)}>
            ${['system', 'light', 'dark'].map(theme => html`<option value=${theme} ?selected=${theme === chosenTheme()}>${t(`theme.${theme}`)}</option>`)}
          </select></label>
        <label><span class="off-screen">${t('language.label')}</span>
          <select class="input" @change=${e => chooseLanguage(e.target.value)}>
            <option value="en" lang="en" ?selected=${language === 'en'}>English</option>
            <option value="zh" lang="zh" ?selected=${language === 'zh'}>中文</option>
          </select></label>
      </div>
      ${me.ownUsers === false ? nothing : html`<button class="button small quiet" @click=${askForPassword}>${t('nav.password')}</button>`}
      <button class="button small" @click=${signOut}>${icon('out')}${t('nav.signOut')}</button>
    </div>`
  }

  async #enter() {
    const next = place()
    this.place = next
    this.open = false
    await this.updateComplete
    await import(`../pages/${next.page}.js`)
    if (this.place !== next) {
      return
    }
    const page = document.createElement(`page-${next.page}`)
    Object.assign(page, { itemId: next.id, query: next.query })
    const main = this.querySelector('main')
    const first = main.childElementCount === 0
    main.replaceChildren(page)
    await page.updateComplete
    document.title = `${page.querySelector('h1')?.textContent.trim() ?? ''} · Tokaify`
    scrollTo(0, 0)
    if (!first) {
      // Who listens to the page hears where they are.
      page.querySelector('h1')?.focus({ preventScroll: true })
    }
  }

  #close() {
    this.open = false
  }

  #skip(e) {
    e.preventDefault()
    document.querySelector('main h1')?.focus()
  }
}

const chosenTheme = () => document.documentElement.dataset.theme ?? 'system'

function chooseTheme(theme) {
  if (theme === 'system') {
    localStorage.removeItem('theme')
    delete document.documentElement.dataset.theme
  } else {
    localStorage.setItem('theme', theme)
    document.documentElement.dataset.theme = theme
  }
  dispatchEvent(new Event('themechange'))
}

define('app-shell', AppShell)
