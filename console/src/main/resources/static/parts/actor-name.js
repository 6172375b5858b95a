import { Naming } from './name-of.js'
import { actorWords } from './event-words.js'
import { define } from '../core/element.js'
import { nameOf } from '../core/names.js'

/** Who did something: `owner:usr_01…`, or the same in two parts. */
class ActorName extends Naming {
  static properties = { actor: {} }

  render() {
    const { kind, id } = typeof this.actor === 'string' ? parts(this.actor) : this.actor
    this.title = `${kind}:${id}`
    return actorWords({ kind, id, name: nameOf(id) })
  }
}

function parts(text) {
  const colon = text.indexOf(':')
  return { kind: text.slice(0, colon), id: text.slice(colon + 1) }
}

define('actor-name', ActorName)
