import { Element } from './element.js'
import { listen } from './live.js'

/**
 * What every page is: something loaded, shown, and loaded again when it changes. `itemId` and `query` come from the address.
 * A subclass has `load()`, which sets its state, and says in `concerns(change)` which live changes are its business.
 */
export class Page extends Element {
  static properties = { itemId: {}, query: {}, problem: { state: true }, loading: { state: true } }

  connectedCallback() {
    super.connectedCallback()
    this.classList.add('page')
    this.stop = listen(change => (change.kind === 'reset' || this.concerns(change)) && this.changed())
    this.reload()
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    this.stop()
  }

  concerns() {
    return false
  }

  /** Something was told to have changed; a page that hears much throttles it. */
  changed() {
    this.reload()
  }

  updated(changed) {
    if (changed.has('loading')) {
      this.ariaBusy = String(this.loading)
    }
  }

  /** Loads and shows. What came of an older request than the last is thrown away. */
  reload = async () => {
    const turn = (this.turn = (this.turn ?? 0) + 1)
    this.loading = true
    try {
      const show = await this.load()
      if (turn === this.turn) {
        show?.()
        this.problem = null
      }
    } catch (problem) {
      if (turn === this.turn) {
        this.problem = problem
      }
    } finally {
      if (turn === this.turn) {
        this.loading = false
      }
    }
  }
}
