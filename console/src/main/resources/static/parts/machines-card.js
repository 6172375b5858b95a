import './name-of.js'
import { AskDialog } from './ask-dialog.js'
import { Element, define } from '../core/element.js'
import { OnceDialog } from './once-dialog.js'
import { alarmOf, problemBox } from './notices.js'
import { clients, createClient, deleteClient } from '../core/people.js'
import { confirm } from './confirm-dialog.js'
import { date } from '../core/format.js'
import { empty } from './empty.js'
import { html, nothing, repeat } from '../lib/lit.js'
import { icon } from './icon.js'
import { t } from '../core/messages.js'

const ROLES = ['gateway', 'auditor', 'owner', 'operator']

/** Programs that ask for tokens of their own by client credentials: gateways first of all. */
class MachinesCard extends Element {
  static properties = { items: { state: true }, problem: { state: true } }

  connectedCallback() {
    super.connectedCallback()
    this.#load()
  }

  render() {
    const add = html`<button class="button" @click=${this.#create}>${icon('plus')}${t('machines.create')}</button>`
    return html`<section class="card" aria-labelledby="machines-title">
      <header><div><h2 id="machines-title">${t('machines.title')}</h2><p class="small soft">${t('machines.lead')}</p></div>${this.items?.length ? add : nothing}</header>
      ${this.problem ? html`<div class="body">${problemBox(this.problem, () => this.#load())}</div>` : nothing}
      ${this.items ? (this.items.length ? this.#table() : empty({ picture: 'pulse', title: t('machines.none'), text: t('machines.none.text'), action: add })) : nothing}
    </section>`
  }

  #table() {
    return html`<table class="stacking" role="table" aria-labelledby="machines-title">
      <thead role="rowgroup"><tr role="row"><th role="columnheader">${t('machines.id')}</th><th role="columnheader">${t('people.role')}</th><th role="columnheader">${t('machines.since')}</th><th role="columnheader"><span class="off-screen">${t('tokens.column.actions')}</span></th></tr></thead>
      <tbody role="rowgroup">${repeat(this.items, c => c.clientId, c => html`<tr role="row">
        <td role="cell"><span class="tag">${c.clientId}</span></td>
        <td role="cell">${t(`role.${c.role}`)}${c.accountId ? html`<br><a class="small" href="#/accounts/${c.accountId}"><name-of .of=${c.accountId}></name-of></a>` : nothing}</td>
        <td role="cell" class="soft">${date(c.createdAt)}</td>
        <td role="cell"><button class="button small danger" aria-label=${t('machines.delete.of', { name: c.clientId })} @click=${() => this.#delete(c.clientId)}>${t('machines.delete')}</button></td>
      </tr>`)}</tbody></table>`
  }

  #create = async () => {
    const created = await AskDialog.open({
      heading: t('machines.create'),
      lead: t('machines.create.lead'),
      fields: [
        { name: 'clientId', label: t('machines.id'), help: t('machines.id.help'), placeholder: 'edge-1', required: true, maxlength: 40, mono: true },
        { name: 'role', label: t('people.role'), options: ROLES.map(r => ({ value: r, label: t(`role.${r}`) })), value: 'gateway' },
        { name: 'accountId', account: true, help: t('machines.account.help') },
      ],
      action: t('machines.create.action'),
      act: ({ clientId, role, accountId }) => createClient({ clientId: clientId.trim(), role, ...(accountId ? { accountId } : {}) }),
    })
    if (created) {
      await OnceDialog.open({ heading: t('machines.created', { name: created.clientId }), lead: t('machines.created.lead'), text: created.secret, said: t('copied.secret') })
      this.#load()
    }
  }

  async #delete(id) {
    if (await confirm({ heading: t('machines.delete.of', { name: id }), text: t('machines.delete.text'), action: t('machines.delete'), dangerous: true })) {
      try {
        await deleteClient(id)
      } catch (problem) {
        alarmOf(problem)
      }
      this.#load()
    }
  }

  async #load() {
    try {
      this.items = (await clients()).items
      this.problem = null
    } catch (problem) {
      this.problem = problem
    }
  }
}

define('machines-card', MachinesCard)
