import type { MappedAdministratorRole, MappingResult, OrganizationRole } from '../../scim/mapping/mapping';
import {
  flag,
  number,
  oneOf,
  optionalList,
  optionalMap,
  optionalText,
  text,
  type Item,
} from '../table/read-item';

/** The result of mappings in a license. Absent in domains that never had mappings. */
export interface LicenseMapping {
  /** The version of the mappings. */
  readonly mappingsVersion?: number;
  /** The mapping that gave the user type. */
  readonly userTypeMapping?: string;
  readonly organizations?: readonly OrganizationRole[];
  /** The role in the portal. */
  readonly administrator?: MappedAdministratorRole;
  /** The mapping because of which the user has no license. */
  readonly noLicenseMapping?: string;
}

/** The result of an evaluation, and the version of the mappings. */
export interface MappedLicense {
  readonly result: MappingResult;
  readonly mappingsVersion: number;
  /**
   * Whether the role in the portal is as the result says. Requests do not change it, and leave the stored one
   * as it is, so that the evaluation downstream knows what it has to change.
   */
  readonly hasAppliedAdministrator: boolean;
}

/** Returns what a result leaves in a license, except for the user type. */
export const licenseMappingOf = ({
  result,
  mappingsVersion,
  hasAppliedAdministrator,
}: MappedLicense): LicenseMapping => {
  const { userTypeCause, organizations, administrator, noLicenseMapping } = result;
  return {
    mappingsVersion,
    ...(userTypeCause.kind === 'mapping' && { userTypeMapping: userTypeCause.mappingId }),
    ...(organizations.length > 0 && { organizations }),
    ...(administrator && hasAppliedAdministrator && { administrator }),
    ...(noLicenseMapping !== undefined && { noLicenseMapping }),
  };
};

const ATTRIBUTES = ['userTypeMapping', 'organizations', 'noLicenseMapping'] as const;

/** Returns the changes of the item that store a result, except for the user type. */
export function licenseMappingChanges(mapped: MappedLicense): { set: object; remove: string[] } {
  const set = licenseMappingOf(mapped);
  const written = mapped.hasAppliedAdministrator ? ([...ATTRIBUTES, 'administrator'] as const) : ATTRIBUTES;
  return { set, remove: written.filter((name) => set[name] === undefined) };
}

export function readLicenseMapping(item: Item): LicenseMapping {
  const mappingsVersion = item.mappingsVersion === undefined ? undefined : number(item, 'mappingsVersion');
  const userTypeMapping = optionalText(item, 'userTypeMapping');
  const organizations = optionalList(item, 'organizations', readOrganizationRole);
  const administrator = optionalMap(item, 'administrator', readAdministrator);
  const noLicenseMapping = optionalText(item, 'noLicenseMapping');
  return {
    ...(mappingsVersion !== undefined && { mappingsVersion }),
    ...(userTypeMapping !== undefined && { userTypeMapping }),
    ...(organizations && { organizations }),
    ...(administrator && { administrator }),
    ...(noLicenseMapping !== undefined && { noLicenseMapping }),
  };
}

export const readOrganizationRole = (item: Item): OrganizationRole => ({
  organization: text(item, 'organization'),
  role: text(item, 'role'),
  mappingId: text(item, 'mappingId'),
});

const readAdministrator = (item: Item): MappedAdministratorRole => {
  const groupId = optionalText(item, 'groupId');
  return {
    role: oneOf(item, 'role', ['owner', 'viewer']),
    license: flag(item, 'license'),
    mappingId: text(item, 'mappingId'),
    ...(groupId !== undefined && { groupId }),
  };
};
