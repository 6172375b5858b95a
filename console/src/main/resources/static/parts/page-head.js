import { html, nothing } from '../lib/lit.js'

/** Where one is, in a heading that takes the focus after a change of place, and what can be done here. */
export const pageHead = ({ title, lead, actions, crumb, beside }) => html`<header class="page-head">
  <div>
    ${crumb ? html`<p class="crumbs"><a href=${crumb.href}>${crumb.text}</a></p>` : nothing}
    <div class="title-line"><h1 tabindex="-1">${title}</h1>${beside ?? nothing}</div>
    ${lead ? html`<p class="lead">${lead}</p>` : nothing}
  </div>
  ${actions ? html`<div class="buttons">${actions}</div>` : nothing}
</header>`
