import { html, nothing } from '../lib/lit.js'
import { icon } from './icon.js'

/** Where there is nothing yet: what would be here, and the way to it. */
export const empty = ({ picture, title, text, action }) => html`<div class="empty">${icon(picture)}<h2>${title}</h2><p>${text}</p>${action ?? nothing}</div>`
