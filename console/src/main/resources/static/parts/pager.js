import { html } from '../lib/lit.js'
import { icon } from './icon.js'
import { number } from '../core/format.js'
import { t } from '../core/messages.js'

/** Where one is in a list that is read page by page, and the ways on and back. */
export const pager = ({ first, shown, total, atLeast, back, next }) => html`<nav class="pager" aria-label=${t('pager.label')}>
  <span aria-live="polite">${shown === 0 ? t('pager.none') : t('pager.shown', { first: number(first), last: number(first + shown - 1), total: total == null ? t('pager.atLeast', { count: atLeast }) : number(total) })}</span>
  <span class="buttons">
    <button class="button small" ?disabled=${!back} @click=${back}>${icon('back')}${t('pager.back')}</button>
    <button class="button small" ?disabled=${!next} @click=${next}>${t('pager.next')}${icon('next')}</button>
  </span>
</nav>`
