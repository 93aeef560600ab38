import type { ResourceType } from '../resource-type';
import type { ComparisonOperator, ComparisonValue, Filter } from './ast';
import { intersectPlans, unionPlans, usesAddress, NOTHING, SCAN, type LookupPlan } from './lookup-plan';
import { comparedOperand, elementScope, resourceScope, type Scope } from './operand';
import { foldCase, isWellFormed } from '../text';

export { usesAddress, type LookupPlan };

/** The attribute that names the resources of a type. An index sorts by it. */
const NAME_ATTRIBUTES: Record<ResourceType['name'], string> = { User: 'userName', Group: 'displayName' };
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
  if (typeof value !== 'string') return SCAN;
  if (attribute === 'meta.resourceType' && operator === 'eq') return value === type ? SCAN : NOTHING;
  const name = NAME_ATTRIBUTES[type];
  const isFolded = attribute === name || attribute === ADDRESS_ATTRIBUTE;
  const key = isFolded ? foldCase(value) : value;
  if (!isKey(key)) return SCAN;
  if (attribute === name) return nameLookup(operator, key);
  if (operator !== 'eq') return SCAN;
  switch (attribute) {
    case 'id':
      return { kind: 'ids', ids: [key] };
    case 'externalId':
      return { kind: 'externalId', externalId: key };
    case ADDRESS_ATTRIBUTE:
      return findsAddresses ? { kind: 'address', address: key } : SCAN;
    case 'members.value':
      return { kind: 'member', userId: key };
    case 'groups.value':
      return { kind: 'group', groupId: key };
    default:
      return SCAN;
  }
}

function nameLookup(operator: ComparisonOperator, value: string): LookupPlan {
  switch (operator) {
    case 'eq':
      return { kind: 'name', name: value };
    case 'sw':
      return { kind: 'nameRange', prefix: value };
    case 'gt':
    case 'ge':
      return { kind: 'nameRange', lower: { value, inclusive: operator === 'ge' } };
    case 'lt':
    case 'le':
      return { kind: 'nameRange', upper: { value, inclusive: operator === 'le' } };
    default:
      return SCAN;
  }
}

/**
 * Returns whether a text can be a key. A lone surrogate has no UTF-8 form and would be stored as another
 * character. An empty string means "no value".
 */
const isKey = (text: string): boolean =>
  text !== '' && isWellFormed(text) && new TextEncoder().encode(text).length <= MAX_KEY_BYTES;
