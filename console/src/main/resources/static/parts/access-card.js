import { Element, define } from '../core/element.js'
import { can, session } from '../core/session.js'
import { copyConnection, copyCurl, copyKey, copyText } from './secrets.js'
import { html, nothing } from '../lib/lit.js'
import { icon } from './icon.js'
import { segments } from './field.js'
import { t } from '../core/messages.js'

/** How an application uses the token, ready to paste. Snippets read the key from the environment, where it belongs. */
class AccessCard extends Element {
  static properties = { token: {}, models: {}, shown: { state: true } }

  constructor() {
    super()
    this.shown = 'curl'
    this.models = []
  }

  render() {
    const api = session.settings.apiUrl ?? location.origin
    const model = this.token.models?.[0] ?? this.models[0] ?? 'gpt-4o'
    const text = SNIPPETS[this.shown](api, model, this.token.mask)
    return html`<section class="card" aria-labelledby="access-title">
      <header><div><h2 id="access-title">${t('access.title')}</h2><p class="small soft">${t('access.lead')}</p></div></header>
      <div class="body stack">
        <dl class="facts"><dt>${t('access.address')}</dt><dd><code>${api}</code></dd><dt>${t('access.key')}</dt><dd><masked-secret .token=${this.token}></masked-secret></dd></dl>
        ${can('secrets')
          ? html`<div class="buttons">
            <button class="button" @click=${() => copyKey(this.token.tokenId)}>${icon('copy')}${t('copy.key')}</button>
            <button class="button" @click=${() => copyConnection(this.token.tokenId)}>${icon('copy')}${t('copy.connection')}</button>
            <button class="button" @click=${() => copyCurl(this.token.tokenId)}>${icon('copy')}${t('copy.curl')}</button>
          </div><p class="small soft">${t('access.onRecord')}</p>`
          : nothing}
        ${segments({ name: 'snippet', label: t('access.snippets'), value: this.shown, options: Object.keys(SNIPPETS).map(s => ({ value: s, label: t(`access.${s}`) })), choose: s => (this.shown = s) })}
        <div class="snippet"><pre tabindex="0" aria-label=${t(`access.${this.shown}`)}><code>${text}</code></pre>
          <button class="button icon" aria-label=${t('access.copy')} title=${t('access.copy')} @click=${() => copyText(text, t('copied.snippet'))}>${icon('copy')}</button></div>
      </div>
    </section>`
  }
}

const SNIPPETS = {
  curl: (api, model) => `export TOKAIFY_API_KEY=sk-…

curl ${api}/v1/chat/completions \\
  -H "Authorization: Bearer $TOKAIFY_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Hello"}]}'`,
  python: (api, model) => `# pip install openai
import os
from openai import OpenAI

client = OpenAI(base_url="${api}/v1", api_key=os.environ["TOKAIFY_API_KEY"])
answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.choices[0].message.content)`,
  javascript: (api, model) => `// npm install openai
import OpenAI from "openai"

const client = new OpenAI({ baseURL: "${api}/v1", apiKey: process.env.TOKAIFY_API_KEY })
const answer = await client.chat.completions.create({
  model: "${model}",
  messages: [{ role: "user", content: "Hello" }],
})
console.log(answer.choices[0].message.content)`,
  connection: (api, _, mask) => JSON.stringify({ _type: 'newapi_channel_conn', key: mask, url: api }),
}

define('access-card', AccessCard)
