import { DomainError } from '../../core/terms/domain-error.js';

const ENTITY_TAG = /^(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"$/;
const VERSION = /^\d{1,9}$/;

/**
 * The version that `If-Match` asks for (RFC 9110, 13.1.1); null when any will do: no header, or `*`.
 *
 * Weak tags never match, and neither does a tag that is no version of ours: a list without any that could is
 * stale whatever the thing's version is.
 *
 * @throws DomainError `version.malformed` for what is no list of entity tags, or names several versions, of which
 *   a command could only be about one; `version.stale`
 */
export function readIfMatch(header: string | undefined): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (text === '*') return null;
  const versions = new Set<number>();
  for (const part of text.split(',')) {
    const tag = ENTITY_TAG.exec(part.trim());
    if (tag === null) throw malformed('If-Match is a version in quotes, as in ETag: "3", or *.');
    const [, weak, opaque = ''] = tag;
    if (weak === undefined && VERSION.test(opaque)) versions.add(Number(opaque));
  }
  if (versions.size > 1) throw malformed('If-Match may name one version only.');
  const [version] = versions;
  if (version === undefined) throw new DomainError('version.stale', { ...AT, expected: text });
  return version;
}

const AT = { pointer: '/if-match', in: 'header' } as const;

function malformed(reason: string): DomainError {
  return new DomainError('version.malformed', { ...AT, reason });
}
