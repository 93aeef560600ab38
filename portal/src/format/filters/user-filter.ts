import type { License, User } from '../../api/schema';
import { LICENSE_STATUSES, MANAGERS } from '../labels';

/** The filter parameters of the list of users. */
export interface UserFilter {
  readonly search?: string;
  /** Whether `search` is part of a name or an address, instead of the beginning of a username. */
  readonly inNames?: boolean;
  readonly userType?: string;
  readonly organization?: string;
  readonly licenseStatus?: License['status'];
  readonly managedBy?: User['managedBy'];
}

/** Returns the filter in the address of the page of users. */
export function parseUserFilter(parameters: URLSearchParams): UserFilter {
  const textOf = (name: string) => parameters.get(name) || undefined;
  const license = textOf('license');
  const managedBy = textOf('managed');
  return {
    search: textOf('search'),
    inNames: parameters.get('in') === 'names' || undefined,
    userType: textOf('type'),
    organization: textOf('organization'),
    licenseStatus: isLicenseStatus(license) ? license : undefined,
    managedBy: isManager(managedBy) ? managedBy : undefined,
  };
}

/** Returns the filter as parameters of the page's address. */
export function userFilterParameters(filter: UserFilter): Record<string, string> {
  const { search, inNames, userType, organization, licenseStatus, managedBy } = filter;
  return {
    ...(search && { search }),
    ...(search && inNames && { in: 'names' }),
    ...(userType && { type: userType }),
    ...(organization && { organization }),
    ...(licenseStatus && { license: licenseStatus }),
    ...(managedBy && { managed: managedBy }),
  };
}

const isLicenseStatus = (text: string | undefined): text is keyof typeof LICENSE_STATUSES =>
  text !== undefined && Object.hasOwn(LICENSE_STATUSES, text);

const isManager = (text: string | undefined): text is keyof typeof MANAGERS =>
  text !== undefined && Object.hasOwn(MANAGERS, text);
