import { checkRequired, checkSize } from '../../shared/scim/input/read-resource';
import { readValue } from '../../shared/scim/input/read-value';
import { resolvePath } from '../../shared/scim/attribute-path';
import type { Attributes } from '../../shared/scim/resource';
import { userResourceType } from '../../shared/product/product';

/**
 * Returns a run of only the checks that a PATCH cannot leave out: each touched attribute is read as if a
 * client had sent it, and the size of the user is checked. A library that validates nothing does none of it.
 */
export function validationFloor(user: Attributes, paths: readonly string[]): () => unknown {
  const touched = paths.flatMap((path) => resolvePath(userResourceType, path)?.attribute ?? []);
  return () => {
    for (const attribute of touched) readValue(attribute, user[attribute.name]);
    checkRequired(userResourceType, user);
    checkSize(user);
    return user;
  };
}
