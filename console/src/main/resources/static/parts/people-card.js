import './name-of.js'
import { AskDialog } from './ask-dialog.js'
import { Element, define } from '../core/element.js'
import { OnceDialog } from './once-dialog.js'
import { alarmOf, notify, problemBox } from './notices.js'
import { ago } from '../core/format.js'
import { confirm } from './confirm-dialog.js'
import { disableUser, enableUser, invite, newLink, users } from '../core/people.js'
import { html, nothing, repeat } from '../lib/lit.js'
import { icon } from './icon.js'
import { session } from '../core/session.js'
import { t } from '../core/messages.js'

const ROLES = ['owner', 'auditor', 'operator']

/** People: invited by a link, in one role each, shut out at once. */
class PeopleCard extends Element {
  static properties = { items: { state: true }, problem: { state: true } }

  connectedCallback() {
    super.connectedCallback()
    this.#load()
  }

  render() {
    return html`<section class="card" aria-labelledby="people-title">
      <header><div><h2 id="people-title">${t('people.title')}</h2><p class="small soft">${t('people.lead')}</p></div>
        <button class="button primary" @click=${this.#invite}>${icon('plus')}${t('people.invite')}</button></header>
      ${this.problem ? html`<div class="body">${problemBox(this.problem, () => this.#load())}</div>` : nothing}
      ${this.items ? this.#table() : nothing}
    </section>`
  }

  #table() {
    return html`<table class="stacking" role="table" aria-labelledby="people-title">
      <thead role="rowgroup"><tr role="row"><th role="columnheader">${t('people.name')}</th><th role="columnheader">${t('people.role')}</th><th role="columnheader">${t('accounts.status')}</th><th role="columnheader"><span class="off-screen">${t('tokens.column.actions')}</span></th></tr></thead>
      <tbody role="rowgroup">${repeat(this.items, u => u.userId, u => html`<tr role="row">
        <td role="cell"><strong>${u.name ?? t('people.unnamed')}</strong><br><span class="small soft mono break">${u.userId}</span></td>
        <td role="cell">${t(`role.${u.role}`)}${u.accountId ? html`<br><a class="small" href="#/accounts/${u.accountId}"><name-of .of=${u.accountId}></name-of></a>` : nothing}</td>
        <td role="cell"><span class="chip ${u.state === 'active' ? 'active' : ''}">${t(`people.state.${u.state}`)}</span><br><span class="small soft">${u.lastSignedInAt ? t('people.lastSignIn', { when: ago(u.lastSignedInAt) }) : t('people.neverSignedIn')}</span></td>
        <td role="cell"><span class="buttons">${u.userId === session.me.userId ? html`<span class="small soft">${t('people.you')}</span>` : this.#actions(u)}</span></td>
      </tr>`)}</tbody></table>`
  }

  #actions(user) {
    const name = user.name ?? user.userId
    return html`<button class="button small" aria-label=${t('people.reset.of', { name })} @click=${() => this.#link(() => newLink(user.userId), 'people.reset')}>${t('people.reset')}</button>
      ${user.state === 'disabled'
        ? html`<button class="button small" aria-label=${t('people.enable.of', { name })} @click=${() => this.#do(() => enableUser(user.userId))}>${t('people.enable')}</button>`
        : html`<button class="button small danger" aria-label=${t('people.disable.of', { name })} @click=${() => this.#disable(user, name)}>${t('people.disable')}</button>`}`
  }

  #invite = async () => {
    const invited = await AskDialog.open({
      heading: t('people.invite'),
      lead: t('people.invite.lead'),
      fields: [
        { name: 'name', label: t('people.name.optional'), maxlength: 60 },
        { name: 'role', label: t('people.role'), options: ROLES.map(r => ({ value: r, label: `${t(`role.${r}`)} – ${t(`role.${r}.can`)}` })), value: 'owner' },
        { name: 'accountId', account: true, help: t('people.account.help') },
      ],
      action: t('people.invite.action'),
      act: ({ name, role, accountId }) => invite({ ...(name.trim() ? { name: name.trim() } : {}), role, ...(accountId ? { accountId } : {}) }),
    })
    if (invited) {
      await this.#show(invited, 'people.invited')
      this.#load()
    }
  }

  async #link(command, key) {
    try {
      await this.#show(await command(), key)
    } catch (problem) {
      alarmOf(problem)
    }
  }

  #show({ link }, key) {
    return OnceDialog.open({ heading: t(key), lead: t(`${key}.lead`), text: link, said: t('copied.link') })
  }

  async #disable(user, name) {
    if (await confirm({ heading: t('people.disable.of', { name }), text: t('people.disable.text'), action: t('people.disable'), dangerous: true })) {
      await this.#do(() => disableUser(user.userId))
    }
  }

  async #do(command) {
    try {
      await command()
      notify(t('people.done'))
    } catch (problem) {
      alarmOf(problem)
    }
    this.#load()
  }

  async #load() {
    try {
      this.items = (await users()).items
      this.problem = null
    } catch (problem) {
      this.problem = problem
    }
  }
}

define('people-card', PeopleCard)
