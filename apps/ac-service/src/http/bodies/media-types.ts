import type { BodyKind } from './takes.ts'

/** The media type of each kind of body, the name first. No other spelling and no parameter but UTF-8 is taken. */
export const MEDIA_TYPES: Readonly<Record<BodyKind, { readonly name: string; readonly pattern: RegExp }>> = {
  form: { name: 'application/x-www-form-urlencoded', pattern: inUtf8('application\\/x-www-form-urlencoded') },
  json: { name: 'application/json', pattern: inUtf8('application\\/json') },
  // RFC 7396 section 4.
  'merge-patch': { name: 'application/merge-patch+json', pattern: inUtf8('application\\/merge-patch\\+json') },
}

function inUtf8(type: string): RegExp {
  return new RegExp(`^${type} *(?:; *charset="?utf-8"?)?$`, 'i')
}
