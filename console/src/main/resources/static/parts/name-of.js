import { Element, define } from '../core/element.js'
import { hearNames, nameOf } from '../core/names.js'
import { shortId } from '../core/format.js'

/** What is drawn once more when names have become known. */
export class Naming extends Element {
  connectedCallback() {
    super.connectedCallback()
    this.stop = hearNames(() => this.requestUpdate())
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    this.stop()
  }
}

/**
 * What a token or an account is called, in `words` where it is part of a sentence; the beginning and the end of its id until
 * that is known. The whole id is its title.
 */
class NameOf extends Naming {
  static properties = { of: {}, words: {} }

  constructor() {
    super()
    this.words = name => name
  }

  render() {
    this.title = this.of
    return this.words(nameOf(this.of) ?? shortId(this.of))
  }
}

define('name-of', NameOf)
