import { isAttributePath } from '../attribute-path';
import { ScimError } from '../error';
import type { Filter } from '../filter/ast';
import { parseFilter } from '../filter/parse';

/** The path of an operation (RFC 7644 §3.5.2, figure 7): `attribute[.sub]` or `attribute[filter][.sub]`. */
export interface PatchPath {
  /** As it was written, for errors. */
  readonly text: string;
  /** What stands before the bracket, for `resolvePathReferences`: with the URN, and with the sub-attribute where no filter is between. */
  readonly attributePath: string;
  /** Selects elements of a multi-valued attribute. */
  readonly filter?: Filter;
  /** What follows the bracket. */
  readonly subAttribute?: string;
}

const AFTER_BRACKET = /^(?:\.(\$ref|[a-z][\w-]*))?$/i;

/** Reads a path. Throws 400 `invalidPath`, for a fault of its filter too, and nothing else. */
export function parsePatchPath(written: string): PatchPath {
  const text = written.trim();
  const open = text.indexOf('[');
  const attributePath = open < 0 ? text : text.slice(0, open);
  if (!isAttributePath(attributePath)) {
    throw invalidPath(text, 'Write it as displayName, name.givenName or emails[type eq "work"].value.');
  }
  if (open < 0) return { text, attributePath };
  const close = text.lastIndexOf(']');
  const after = close < 0 ? null : AFTER_BRACKET.exec(text.slice(close + 1));
  if (!after)
    throw invalidPath(text, 'Close the bracket; at most one sub-attribute follows it, such as ].value.');
  const filter = parsePathFilter(text, text.slice(open + 1, close));
  return { text, attributePath, filter, ...(after[1] && { subAttribute: after[1] }) };
}

function parsePathFilter(path: string, filter: string): Filter {
  try {
    return parseFilter(filter);
  } catch (error) {
    if (error instanceof ScimError) throw invalidPath(path, error.detail);
    throw error;
  }
}

const MAX_QUOTED_LENGTH = 100;

const invalidPath = (path: string, advice: string): ScimError => {
  const quoted = path.length > MAX_QUOTED_LENGTH ? `${path.slice(0, MAX_QUOTED_LENGTH)}…` : path;
  return ScimError.invalidPath(`The path "${quoted}" cannot be read. ${advice}`);
};
