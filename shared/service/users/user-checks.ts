import { userResourceType } from '../../product/product';
import { extensionRules } from '../../scim/input/extension-rules';
import { checkSimulatedName } from '../../scim/input/simulated-name-rule';
import { USER_RULES, type UserRule } from '../../scim/input/user-rules';
import type { Attributes } from '../../scim/resource';
import { assertIndexable } from '../resources/assert-indexable';

const RULES: readonly UserRule[] = [
  ...USER_RULES,
  ...extensionRules(userResourceType),
  ...['userName', 'displayName', 'externalId'].map((attribute) => ({
    attribute,
    check: ({ [attribute]: value }: Attributes, before: Attributes) => {
      if (value !== undefined) assertIndexable({ [attribute]: value }, before);
    },
  })),
];

const withNameRule = (isSimulation: boolean): readonly UserRule[] => [
  ...RULES,
  {
    attribute: 'userName',
    check: (after, before) => checkSimulatedName('userName', after.userName, before.userName, isSimulation),
  },
];

/** The rules for the attributes of a user whom an identity provider or an administrator provisions. */
export const CLIENT_RULES = withNameRule(false);

/** The rules for the attributes of a user of a connection test. */
export const SIMULATION_RULES = withNameRule(true);

/** Throws a `ScimError` if a user after a change breaks a rule. */
export function checkRules(rules: readonly UserRule[], after: Attributes, before: Attributes): void {
  for (const { check } of rules) check(after, before);
}

/** Operations before the one that deactivates the user follow the rules for an inactive user, too. */
export const checkInactive =
  (rules: readonly UserRule[]): UserRule['check'] =>
  (after, before) =>
    checkRules(rules, { ...after, active: false }, before);
