import './masked-secret.js'
import './name-of.js'
import './quota-bar.js'
import './token-switch.js'
import { can } from '../core/session.js'
import { expiry, lastUse, restrictions } from './restrictions.js'
import { html, live, nothing, repeat } from '../lib/lit.js'
import { menu } from './menu.js'
import { t } from '../core/messages.js'
import { tokenActions } from './token-actions.js'
import { tokenStatus } from './token-status.js'

/**
 * A page of tokens. On a phone each row is a card; the roles are written out because browsers forget a table's when its rows
 * are laid out as something else.
 *
 * @param accounts whether each says whose it is
 * @param chosen ids of the rows that are ticked; `choose(id, on)` and `chooseAll(on)` tick
 */
export function tokenTable({ tokens, accounts, chosen, choose, chooseAll, after }) {
  const picks = can('change')
  const all = tokens.length > 0 && tokens.every(token => chosen.has(token.tokenId))
  return html`<table class="tokens-table" role="table" aria-label=${t('tokens.title')}>
    <thead role="rowgroup"><tr role="row">
      ${picks ? html`<th role="columnheader" class="pick"><input type="checkbox" aria-label=${t('tokens.chooseAll')} .checked=${live(all)} @change=${e => chooseAll(e.target.checked)}></th>` : nothing}
      <th role="columnheader">${t('tokens.column.name')}</th><th role="columnheader">${t('tokens.column.status')}</th><th role="columnheader">${t('tokens.column.quota')}</th>
      <th role="columnheader">${t('tokens.column.limits')}</th><th role="columnheader">${t('tokens.column.when')}</th>
      ${picks ? html`<th role="columnheader"><span class="off-screen">${t('tokens.column.actions')}</span></th>` : nothing}
    </tr></thead>
    <tbody role="rowgroup">${repeat(tokens, token => token.tokenId, token => row(token, { picks, accounts, chosen, choose, after }))}</tbody>
  </table>`
}

const row = (token, { picks, accounts, chosen, choose, after }) => html`<tr role="row" class="${chosen.has(token.tokenId) ? 'selected' : ''} ${picks ? '' : 'no-pick'}">
  ${picks ? html`<td role="cell" class="pick"><input type="checkbox" aria-label=${t('tokens.choose', { name: token.name })} .checked=${live(chosen.has(token.tokenId))} @change=${e => choose(token.tokenId, e.target.checked)}></td>` : nothing}
  <td role="cell" class="who"><a class="name" href="#/tokens/${token.tokenId}">${token.name}</a>${accounts ? accountOf(token) : html`<br>`}<masked-secret .token=${token}></masked-secret></td>
  <td role="cell" class="state"><div class="chips"><token-switch .token=${token}></token-switch>${tokenStatus(token)}</div></td>
  <td role="cell" class="quota"><quota-bar .token=${token}></quota-bar></td>
  <td role="cell" class="limits-cell">${restrictions(token)}</td>
  <td role="cell" class="when"><div class="limits"><span>${expiry(token)}</span><span>${lastUse(token)}</span></div></td>
  ${picks ? html`<td role="cell" class="act">${menu({ id: `menu-${token.tokenId}`, label: t('token.more', { name: token.name }), items: tokenActions(token, after) })}</td>` : nothing}
</tr>`

const accountOf = ({ accountId }) => html`<div class="account"><a href="#/accounts/${accountId}"><name-of .of=${accountId}></name-of></a></div>`
