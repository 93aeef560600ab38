import type { Attribute } from '../attribute';
import { findAttribute } from '../attribute-path';
import { ScimError } from '../error';
import type { Filter } from '../filter/ast';
import { equalityTerms } from '../filter/equality-terms';
import { readComplex } from '../input/read-value';
import type { Attributes } from '../resource';

/**
 * The element that a filter describes by its `eq` terms: `type eq "work"` is `{"type":"work"}`. Undefined where it names a
 * sub-attribute that there is not. Where it describes none, undefined too, or, given the `path`, a 400 `noTarget`.
 */
export function elementOfFilter(filter: Filter, attribute: Attribute, path?: string): Attributes | undefined {
  const terms = equalityTerms(filter);
  if (!terms && path !== undefined) {
    throw ScimError.noTarget(
      `${path} selects nothing, and a new value can be made only from eq terms joined by and, as in [type eq "work"].`,
    );
  }
  if (!terms) return undefined;
  for (const name of terms.keys()) {
    if (!findAttribute(attribute.subAttributes, name)) return undefined;
  }
  return readComplex(attribute, Object.fromEntries(terms), path ?? attribute.name) ?? {};
}
