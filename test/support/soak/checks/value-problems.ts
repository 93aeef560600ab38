import type { ResourceRecord } from '../../../../shared/store/resources/resource-record';
import type { DomainData } from '../../consistency/domain-data';
import type { Register, Value } from '../model/register';
import type { SoakDomain, SoakResource } from '../model/world';
import { storedValue } from '../operations/user-bodies';

/**
 * Returns a sentence for each value that is not the last acknowledged one, or one that may have been written
 * after it.
 */
export function valueProblems(domain: SoakDomain, data: DomainData): string[] {
  const users = byId(data.users);
  const groups = byId(data.groups);
  const members = new Set(data.memberships.map(({ groupId, userId }) => `${groupId} ${userId}`));
  return [
    ...[...domain.users.values()].flatMap((user) =>
      resourceProblems(domain, 'user', user, recordOf(user, users, isNamed(domain, user))),
    ),
    ...[...domain.groups.values()].flatMap((group) =>
      resourceProblems(domain, 'group', group, recordOf(group, groups, isNamed(domain, group))),
    ),
    ...[...domain.memberships].flatMap(([key, register]) => {
      const [groupName = '', userName = ''] = key.split(' ');
      const [group, user] = [domain.groups.get(groupName), domain.users.get(userName)];
      if (group?.id === undefined || user?.id === undefined) return [];
      if (!groups.has(group.id) || !users.has(user.id)) return [];
      const isMember = members.has(`${group.id} ${user.id}`);
      return problem(
        `${userName} (${user.id}) in ${groupName} (${group.id})`,
        register,
        isMember ? 'in' : 'out',
      );
    }),
  ];
}

const byId = (records: readonly ResourceRecord[]): ReadonlyMap<string, ResourceRecord> =>
  new Map(records.map((record) => [record.id, record]));

/** A resource whose creation was not acknowledged has a name that only it can have. */
const isNamed =
  (domain: SoakDomain, { name, attributes }: SoakResource) =>
  (record: ResourceRecord): boolean => {
    const stored = record.attributes.userName ?? record.attributes.displayName;
    const register = attributes.get('userName') ?? attributes.get('displayName');
    return name !== '' && domain.tag !== '' && (register?.allowed().has(stored as Value) ?? false);
  };

const recordOf = (
  { id }: SoakResource,
  records: ReadonlyMap<string, ResourceRecord>,
  isItsName: (record: ResourceRecord) => boolean,
): ResourceRecord | undefined => (id === undefined ? [...records.values()].find(isItsName) : records.get(id));

function resourceProblems(
  { domainId }: SoakDomain,
  kind: 'user' | 'group',
  { name, id, exists, attributes }: SoakResource,
  record: ResourceRecord | undefined,
): string[] {
  const about = `domain ${domainId}: ${kind} ${name} (${id ?? record?.id})`;
  return [
    ...problem(`${about} exists`, exists, record ? 'yes' : 'no'),
    ...(record
      ? [...attributes].flatMap(([attribute, register]) =>
          problem(`${about} ${attribute}`, register, storedValue(record.attributes, attribute)),
        )
      : []),
  ];
}

function problem(about: string, register: Register, stored: Value): string[] {
  const allowed = register.allowed();
  if (allowed.has(stored)) return [];
  const expected = [...allowed].map(String).join(' or ');
  return [`${about}: stored is ${stored}, but the last acknowledged value is ${expected}`];
}

/** Compares the replacements of keys with the audit log. */
export function keyReplacementProblems(
  { keyReplacements, domainId }: SoakDomain,
  audit: readonly { readonly action: string; readonly resourceId: string }[],
): string[] {
  return [...keyReplacements].flatMap(([userId, expected]) => {
    const count = audit.filter(
      ({ action, resourceId }) => action === 'license.keyReplaced' && resourceId === userId,
    ).length;
    return expected.includes(count)
      ? []
      : [
          `domain ${domainId}: the key of ${userId} was replaced ${count} times, not ${expected.toString()} times`,
        ];
  });
}
