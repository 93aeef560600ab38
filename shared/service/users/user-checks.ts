import { userResourceType } from '../../product/product';
import { extensionRules } from '../../scim/input/extension-rules';
import { USER_RULES, type UserRule } from '../../scim/input/user-rules';
import type { Attributes } from '../../scim/resource';
import { assertIndexable } from '../resources/assert-indexable';

/** The rules for the attributes of a user. */
export const RULES: readonly UserRule[] = [
  ...USER_RULES,
  ...extensionRules(userResourceType),
  ...['userName', 'displayName', 'externalId'].map((attribute) => ({
    attribute,
    check: ({ [attribute]: value }: Attributes, before: Attributes) => {
      if (value !== undefined) assertIndexable({ [attribute]: value }, before);
    },
  })),
];

/** Throws a `ScimError` if a user after a change breaks a rule. */
export const checkRules: UserRule['check'] = (after, before) => {
  for (const { check } of RULES) check(after, before);
};

/** Operations before the one that deactivates the user follow the rules for an inactive user, too. */
export const checkInactive: UserRule['check'] = (after, before) =>
  checkRules({ ...after, active: false }, before);
