import { isAttributePath } from '../attribute-path';
import { ScimError } from '../error';
import type { Filter } from '../filter/ast';
import { parseFilter } from '../filter/parse';

/** The path of an operation (RFC 7644 §3.5.2, figure 7): `attribute[.sub]` or `attribute[filter][.sub]`. */
export interface PatchPath {
  /** The path as the client wrote it, for errors. */
  readonly text: string;
  /**
   * The part before the bracket, for `resolvePath`: with the URN and, if there is no filter, with the
   * sub-attribute.
   */
  readonly attributePath: string;
  /** Selects elements of a multi-valued attribute. */
  readonly filter?: Filter;
  /** The sub-attribute after the bracket. */
  readonly subAttribute?: string;
}

const AFTER_BRACKET = /^(?:\.(\$ref|[a-z][\w-]*))?$/i;

/** Parses a path. Throws only 400 `invalidPath`, also for an invalid filter. */
export function parsePatchPath(input: string): PatchPath {
  const text = input.trim();
  const open = text.indexOf('[');
  const attributePath = open < 0 ? text : text.slice(0, open);
  if (!isAttributePath(attributePath)) {
    throw invalidPath(
      text,
      'it is not an attribute path. ' +
        'Use one such as displayName, name.givenName, or emails[type eq "work"].value.',
    );
  }
  if (open < 0) return { text, attributePath };
  const close = text.lastIndexOf(']');
  const after = close < 0 ? null : AFTER_BRACKET.exec(text.slice(close + 1));
  if (!after) {
    throw invalidPath(
      text,
      'its bracket is not closed, or more than one sub-attribute follows it. ' +
        'Use a path such as emails[type eq "work"].value.',
    );
  }
  const filter = parsePathFilter(text, text.slice(open + 1, close));
  return { text, attributePath, filter, ...(after[1] && { subAttribute: after[1] }) };
}

function parsePathFilter(path: string, filter: string): Filter {
  try {
    return parseFilter(filter);
  } catch (error) {
    if (error instanceof ScimError) throw invalidPath(path, `its filter is not valid. ${error.detail}`);
    throw error;
  }
}

const MAX_QUOTED_LENGTH = 100;

/** Creates the 400 for a path. `reason` completes "because …" and says what to write. */
const invalidPath = (path: string, reason: string): ScimError => {
  const quoted = path.length > MAX_QUOTED_LENGTH ? `${path.slice(0, MAX_QUOTED_LENGTH)}…` : path;
  return ScimError.invalidPath(`The path "${quoted}" cannot be read because ${reason}`);
};
