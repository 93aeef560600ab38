import type { Command } from 'commander';
import { Option } from 'commander';
import type { MappingSource, MappingTarget } from '../../../../portal/src/api/schema';
import { Failure } from '../../failure';

/** The options that describe a mapping. Exactly one of each kind is required. */
export interface MappingOptions {
  readonly groupName?: string;
  readonly groupId?: string;
  readonly groupExternalId?: string;
  readonly role?: string;
  readonly entitlement?: string;
  readonly attribute?: string;
  readonly toUserType?: string;
  readonly toOrganization?: string;
  readonly organizationRole?: string;
  readonly toAdministrator?: 'owner' | 'viewer';
  readonly withLicense?: boolean;
  readonly toNoLicense?: boolean;
}

/** Adds the options that describe a mapping. */
export const addMappingOptions = (command: Command): Command =>
  command
    .option('--group-name <name>', 'users in the group with this name')
    .option('--group-external-id <id>', 'users in the group with this ID of the identity provider')
    .option('--group-id <id>', 'users in the group with this ID')
    .option('--role <value>', 'users with this role')
    .option('--entitlement <value>', 'users with this entitlement')
    .option('--attribute <path=value>', 'users with this value in an attribute, such as title=Analyst')
    .option('--to-user-type <userType>', 'gives a user type')
    .option('--to-organization <name>', 'gives a role in an organization; needs --organization-role')
    .option('--organization-role <role>', 'the role in the organization')
    .addOption(
      new Option('--to-administrator <role>', 'gives a role in the portal, without a license').choices([
        'owner',
        'viewer',
      ]),
    )
    .option('--with-license', 'gives the administrator a license too')
    .option('--to-no-license', 'gives no license');

/** Returns what the options look for in a user. */
export function sourceOf(options: MappingOptions): MappingSource {
  const { groupName, groupId, groupExternalId, role, entitlement, attribute } = options;
  return onlyOne<MappingSource>(
    [
      groupName !== undefined && { kind: 'group', by: 'displayName', value: groupName },
      groupExternalId !== undefined && { kind: 'group', by: 'externalId', value: groupExternalId },
      groupId !== undefined && { kind: 'group', by: 'id', value: groupId },
      role !== undefined && { kind: 'role', value: role },
      entitlement !== undefined && { kind: 'entitlement', value: entitlement },
      attribute !== undefined && attributeSource(attribute),
    ],
    'Pass one of --group-name, --group-external-id, --group-id, --role, --entitlement, or --attribute.',
  );
}

/** Returns what the options give a user. */
export function targetOf(options: MappingOptions): MappingTarget {
  const { toUserType, toOrganization, organizationRole, toAdministrator, withLicense, toNoLicense } = options;
  if ((toOrganization === undefined) !== (organizationRole === undefined))
    throw Failure.misused('Pass --to-organization and --organization-role together.');
  if (withLicense && toAdministrator === undefined)
    throw Failure.misused('Pass --with-license only with --to-administrator.');
  return onlyOne<MappingTarget>(
    [
      toUserType !== undefined && { kind: 'userType', userType: toUserType },
      toOrganization !== undefined &&
        organizationRole !== undefined && {
          kind: 'organization',
          organization: toOrganization,
          role: organizationRole,
        },
      toAdministrator !== undefined && {
        kind: 'administrator',
        role: toAdministrator,
        license: withLicense ?? false,
      },
      toNoLicense === true && { kind: 'noLicense' },
    ],
    'Pass one of --to-user-type, --to-organization, --to-administrator, or --to-no-license.',
  );
}

/** The path of an attribute may contain dots and colons, but no equals sign. */
function attributeSource(text: string): MappingSource {
  const at = text.indexOf('=');
  if (at < 1) throw Failure.misused('--attribute needs a path and a value, such as title=Analyst.');
  return { kind: 'attribute', path: text.slice(0, at), value: text.slice(at + 1) };
}

function onlyOne<T>(candidates: readonly (T | false)[], message: string): T {
  const [found, ...others] = candidates.filter((each): each is T => each !== false);
  if (found === undefined || others.length > 0) throw Failure.misused(message);
  return found;
}
