import { Problem } from './problem.js'
import { csrfHeaders, goToSignIn } from './sign-in.js'

/**
 * One request to the console's own origin.
 *
 * @param method and path as they go out
 * @param body what becomes JSON
 * @returns {Promise<{body, text, position, etag}>} body of JSON, else text; position and etag where the answer has them
 * @throws Problem for every answer that is not a success; with status 0 where there was none
 */
export async function request(method, path, { body, headers = {}, signal } = {}) {
  const safe = method === 'GET'
  let response
  try {
    response = await fetch(path, {
      method,
      signal,
      cache: 'no-store',
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(safe ? {} : csrfHeaders()),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  } catch (e) {
    if (e.name === 'AbortError') {
      throw e
    }
    throw Problem.unreachable()
  }
  const text = await response.text()
  const json = text && response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : undefined
  if (response.status === 401) {
    goToSignIn()
  }
  if (!response.ok) {
    throw new Problem(response.status, json)
  }
  return {
    body: json,
    text,
    position: response.headers.get('Ledger-Position'),
    etag: response.headers.get('ETag'),
  }
}
