import { html, nothing } from '../lib/lit.js'
import { icon } from './icon.js'

/**
 * A button that opens a few more. The browser's popover closes on Escape and outside, the arrows move within.
 *
 * items: `{label, picture, act, dangerous?}`
 */
export const menu = ({ id, label, items }) => html`
  <button type="button" class="button quiet icon" popovertarget=${id} aria-label=${label} aria-haspopup="menu">${icon('more')}</button>
  <div class="menu" id=${id} popover role="menu" @toggle=${placeMenu} @keydown=${move}>
    ${items.filter(Boolean).map(i => html`<button type="button" role="menuitem" class="button ${i.dangerous ? 'danger' : ''}" @click=${e => run(e, i.act)}>${i.picture ? icon(i.picture) : nothing}${i.label}</button>`)}
  </div>`

function run(e, act) {
  e.currentTarget.closest('.menu').hidePopover()
  act()
}

function placeMenu(e) {
  if (e.newState !== 'open') {
    return
  }
  const menu = e.currentTarget
  const button = menu.previousElementSibling.getBoundingClientRect()
  const below = button.bottom + menu.offsetHeight + 8 < innerHeight
  menu.style.left = `${Math.max(8, button.right - menu.offsetWidth)}px`
  menu.style.top = `${below ? button.bottom : button.top - menu.offsetHeight - 8}px`
  menu.querySelector('button')?.focus()
}

function move(e) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[e.key]
  if (step) {
    e.preventDefault()
    const items = [...e.currentTarget.querySelectorAll('button')]
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus()
  }
}
