import type { ResourceType } from '../resource-type';
import type { ComparisonOperator, ComparisonValue, Filter } from './ast';
import {
  intersectPlans,
  unionPlans,
  usesAddress,
  NOTHING,
  SCAN,
  type LookupPlan,
  type NameRange,
} from './lookup-plan';
import { comparedOperand, elementScope, resourceScope, type Scope } from './operand';
import { isUnassigned } from '../resource';
import { isWellFormed } from '../text';
import { foldOperand } from '../text/fold';
import { legacyNameKeyOf, nameKeyOf, nameKeysOf } from '../text/name-key';

export { usesAddress, type LookupPlan };

/** The attribute that names the resources of a type. An index sorts by it. */
const NAME_ATTRIBUTES: Partial<Record<ResourceType['name'], string>> = {
  User: 'userName',
  Group: 'displayName',
};
const ADDRESS_ATTRIBUTE = 'emails.value';

/** DynamoDB's limit for a sort key, in bytes of UTF-8. DynamoDB rejects a query with a longer value. */
const MAX_KEY_BYTES = 1024;

/**
 * Plans how to find candidates for a filter that `compileFilter` accepts.
 *
 * - An `and` uses its cheapest operand. An `or` is a union of lookups, or a scan if any operand is a scan.
 * - A comparison with an unknown attribute, or with another resource type, finds nothing.
 * - A `not`, or no filter, is a scan.
 *
 * Without `findsAddresses`, an email address cannot be looked up.
 */
export function planFilter(
  filter: Filter | undefined,
  type: ResourceType,
  findsAddresses = true,
): LookupPlan {
  if (!filter) return SCAN;
  return plan(filter, { scope: resourceScope(type), prefix: '', type: type.name, findsAddresses });
}

interface Context {
  readonly scope: Scope;
  /** Prefix of the names that `scope` finds, e.g. `members.` in a value path. */
  readonly prefix: string;
  readonly type: ResourceType['name'];
  readonly findsAddresses: boolean;
}

function plan(filter: Filter, context: Context): LookupPlan {
  switch (filter.kind) {
    case 'and':
      return filter.operands.map((operand) => plan(operand, context)).reduce(intersectPlans);
    case 'or':
      return unionPlans(filter.operands.map((operand) => plan(operand, context)));
    case 'not':
      return SCAN;
    case 'present':
      return context.scope(filter.path) ? SCAN : NOTHING;
    case 'comparison': {
      const operand = context.scope(filter.path);
      if (!operand) return NOTHING;
      const attribute = `${context.prefix}${comparedOperand(operand).name}`;
      return lookup(attribute, filter.operator, filter.value, context);
    }
    case 'valuePath': {
      const operand = context.scope(filter.path);
      if (!operand) return NOTHING;
      const scope = elementScope(operand.attribute);
      return plan(filter.filter, { ...context, scope, prefix: `${operand.name}.` });
    }
  }
}

function lookup(
  attribute: string,
  operator: ComparisonOperator,
  value: ComparisonValue,
  { type, findsAddresses }: Context,
): LookupPlan {
  const name = NAME_ATTRIBUTES[type];
  // Each resource has an ID and a name.
  const isAlwaysPresent = attribute === 'id' || attribute === name;
  if (isAlwaysPresent && operator === 'eq' && isUnassigned(value)) return NOTHING;
  if (typeof value !== 'string') return SCAN;
  if (attribute === 'meta.resourceType' && operator === 'eq') return value === type ? SCAN : NOTHING;
  if (attribute === name) return nameLookup(operator, value);
  if (!isKey(value) || operator !== 'eq') return SCAN;
  switch (attribute) {
    case 'id':
      return { kind: 'ids', ids: [value] };
    case 'externalId':
      return { kind: 'externalId', externalId: value };
    case ADDRESS_ATTRIBUTE:
      return findsAddresses ? addressLookup(value) : SCAN;
    case 'members.value':
      return { kind: 'member', userId: value };
    case 'groups.value':
      return { kind: 'group', groupId: value };
    default:
      return SCAN;
  }
}

function addressLookup(value: string): LookupPlan {
  const address = nameKeyOf(value);
  return isKey(address) ? { kind: 'address', address } : SCAN;
}

function nameLookup(operator: ComparisonOperator, value: string): LookupPlan {
  switch (operator) {
    case 'eq':
      return nameKeysOf(value).some(isKey) ? { kind: 'name', name: value } : SCAN;
    case 'sw':
      return prefixLookup(value);
    case 'gt':
    case 'ge':
      return boundLookup(value, (bound) => ({ lower: { ...bound, inclusive: operator === 'ge' } }));
    case 'lt':
    case 'le':
      return boundLookup(value, (bound) => ({ upper: { ...bound, inclusive: operator === 'le' } }));
    default:
      return SCAN;
  }
}

/** Names that a previous version stored are found by the prefix of its keys, if it differs. */
function prefixLookup(value: string): LookupPlan {
  const prefix = foldOperand(value);
  if (!isKey(prefix)) return SCAN;
  const legacyPrefix = legacyNameKeyOf(value);
  const prefixes = [
    prefix,
    ...(isKey(legacyPrefix) && !legacyPrefix.startsWith(prefix) ? [legacyPrefix] : []),
  ];
  return unionPlans(prefixes.map((each) => ({ kind: 'nameRange', prefix: each })));
}

function boundLookup(
  name: string,
  rangeOf: (bound: { value: string }) => Omit<NameRange, 'kind'>,
): LookupPlan {
  const value = nameKeyOf(name);
  return isKey(value) ? { kind: 'nameRange', ...rangeOf({ value }) } : SCAN;
}

/**
 * Returns whether a text can be a key. A lone surrogate has no UTF-8 form and would be stored as another
 * character. An empty string means "no value".
 */
const isKey = (text: string): boolean =>
  text !== '' && isWellFormed(text) && new TextEncoder().encode(text).length <= MAX_KEY_BYTES;
