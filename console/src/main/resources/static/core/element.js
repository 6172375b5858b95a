import { ReactiveElement, render } from '../lib/lit.js'

/**
 * What every element of the console is: its template, rendered anew when a property changes. It draws into the page
 * itself and not into a shadow: one design system styles everything, and labels reach their fields.
 *
 * Properties are listed in `static properties` and set in the constructor; a class field would hide them.
 */
export class Element extends ReactiveElement {
  createRenderRoot() {
    return this
  }

  update(changed) {
    const template = this.render()
    super.update(changed)
    render(template, this, { host: this })
  }
}

export const define = (tag, type) => customElements.define(tag, type)
