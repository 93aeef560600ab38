import type { Mapping, MappingSource, MappingTarget, OrganizationRole } from '../../scim/mapping/mapping';
import type { Json } from '../../scim/resource';
import type { AttributeChange } from '../../store/audit/audit';
import { licenseMappingOf, type MappedLicense } from '../../store/licenses/license-mapping';
import type { LicenseRecord } from '../../store/licenses/license-record';
import type { MappingsRecord, Organization } from '../../store/mappings/mapping-items';
import { auditValue } from '../resources/audit-value';

/** Returns how a result differs from what a license has, for its audit event. */
export function resultChanges(license: LicenseRecord | undefined, mapped: MappedLicense): AttributeChange[] {
  const after = licenseMappingOf(mapped);
  return [
    ...changeOf('userType', license?.userType, mapped.result.userType),
    ...changeOf('userTypeMapping', license?.userTypeMapping, after.userTypeMapping),
    ...changeOf('organizations', rolesOf(license?.organizations), rolesOf(after.organizations)),
    ...changeOf('administrator', license?.administrator?.role, after.administrator?.role),
    ...changeOf('noLicenseMapping', license?.noLicenseMapping, after.noLicenseMapping),
  ];
}

/** Returns the changes of mappings by mapping, and of the organizations by name. */
export function mappingChanges(
  before: Pick<MappingsRecord, 'mappings' | 'organizations'>,
  after: Pick<MappingsRecord, 'mappings' | 'organizations'>,
): AttributeChange[] {
  const textsBefore = textsOf(before);
  const textsAfter = textsOf(after);
  return [...new Set([...textsBefore.keys(), ...textsAfter.keys()])].flatMap((name) =>
    changeOf(name, textsBefore.get(name), textsAfter.get(name)),
  );
}

const rolesOf = (roles: readonly OrganizationRole[] = []): Json[] | undefined =>
  roles.length === 0
    ? undefined
    : roles.map(({ organization, role, mappingId }) => ({ organization, role, mappingId }));

function textsOf({
  mappings,
  organizations,
}: Pick<MappingsRecord, 'mappings' | 'organizations'>): ReadonlyMap<string, string> {
  return new Map([
    ...mappings.map((mapping, at): [string, string] => [
      `mapping ${mapping.id}`,
      `${at + 1}. ${mappingText(mapping)}`,
    ]),
    ...organizations.map((each): [string, string] => [`organization ${each.name}`, organizationText(each)]),
  ]);
}

const organizationText = ({ roles }: Organization): string => roles.join(', ');

const mappingText = ({ from, to }: Mapping): string => `${sourceText(from)} → ${targetText(to)}`;

function sourceText(from: MappingSource): string {
  if (from.kind === 'group') return `group with ${from.by} ${JSON.stringify(from.value)}`;
  if (from.kind === 'attribute') return `${from.path} ${JSON.stringify(from.value)}`;
  return `${from.kind} ${JSON.stringify(from.value)}`;
}

function targetText(to: MappingTarget): string {
  switch (to.kind) {
    case 'userType':
      return `user type ${to.userType}`;
    case 'organization':
      return `${to.role} in ${to.organization}`;
    case 'administrator':
      return `${to.role} in the portal ${to.license ? 'with' : 'without'} a license`;
    case 'noLicense':
      return 'no license';
  }
}

function changeOf(attribute: string, before: Json | undefined, after: Json | undefined): AttributeChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [a, b] = [before, after].map((value) =>
    value === undefined ? undefined : auditValue(attribute, value),
  );
  const truncated = [
    ...(a?.isTruncated ? (['before'] as const) : []),
    ...(b?.isTruncated ? (['after'] as const) : []),
  ];
  return [
    {
      attribute,
      ...(a && { before: a.value }),
      ...(b && { after: b.value }),
      ...(truncated.length > 0 && { truncated }),
    },
  ];
}
