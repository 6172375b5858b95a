import './name-of.js'
import { can } from '../core/session.js'
import { dateTimeExact } from '../core/format.js'
import { edit } from './token-actions.js'
import { html, nothing } from '../lib/lit.js'
import { icon } from './icon.js'
import { settingName, settingWords } from './setting-words.js'
import { t } from '../core/messages.js'

const SHOWN = ['name', 'group', 'status', 'quotaLimit', 'quotaPeriod', 'consumed', 'remaining', 'models', 'ipAllowlist', 'expiresAt', 'rateLimits', 'modelQuotas', 'createdAt', 'lastUsedAt']
const LATER_FACTS = ['consumed', 'remaining', 'lastUsedAt']

/** A token's settings, or what they were at a moment of its past, with what is different today beside them. */
export const settingsCard = ({ token, changeable, then, moment, back, after }) => html`<section class="card ${moment === null ? '' : 'travelling'}" aria-labelledby="settings-title">
  <header><h2 id="settings-title">${t('settings.title')}</h2>
    ${changeable && moment === null ? html`<button class="button small" @click=${() => edit(token, after)}>${icon('edit')}${t('token.edit')}</button>` : nothing}</header>
  <div class="body stack">
    ${moment === null ? nothing : html`<div class="message warn" role="status">${icon('info')}<div><strong>${then ? t('settings.then', { time: dateTimeExact(then.asOf ?? then.changedAt) }) : t('settings.travelling')}</strong><button class="button small" @click=${back}>${t('settings.back')}</button></div></div>`}
    <dl class="facts">${can('accounts') ? html`<dt>${settingName('account')}</dt><dd><a href="#/accounts/${token.accountId}"><name-of .of=${token.accountId}></name-of></a></dd>` : nothing}
      ${SHOWN.filter(f => shown(token, then, f)).map(f => fact(f, token, then))}</dl>
  </div>
</section>`

const shown = (token, then, field) => !['rateLimits', 'modelQuotas', 'quotaPeriod'].includes(field) || token[field] !== null || (then && then[field] !== null)

function fact(field, token, then) {
  const value = settingWords(field, (then ?? token)[field])
  const now = settingWords(field, token[field])
  const differs = then && value !== now && !LATER_FACTS.includes(field)
  return html`<dt>${settingName(field)}</dt><dd><span class=${differs ? 'changed' : ''}>${value}</span>${differs ? html`<span class="before">${t('settings.now', { value: now })}</span>` : nothing}</dd>`
}
