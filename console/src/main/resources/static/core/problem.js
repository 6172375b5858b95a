/** What a service answers instead of what was asked for: RFC 9457, with a stable code and the fields it is about. */
export class Problem extends Error {
  constructor(status, body = {}) {
    super(body.detail ?? body.title ?? `HTTP ${status}`)
    this.status = status
    this.code = body.code ?? (status === 0 ? 'UNREACHABLE' : `HTTP_${status}`)
    this.errors = body.errors ?? []
    this.body = body
  }

  /** What is said of a field or of an item of it: `ipAllowlist[2]` is about `ipAllowlist`. */
  of(field) {
    const error = this.errors.find(e => e.field === field || e.field.startsWith(`${field}[`) || e.field.startsWith(`${field}.`))
    return error && { ...error, index: Number(error.field.match(/\[(\d+)]/)?.[1] ?? -1) }
  }

  static unreachable() {
    return new Problem(0)
  }
}
