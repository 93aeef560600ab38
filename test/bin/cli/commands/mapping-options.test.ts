import {
  type MappingOptions,
  sourceOf,
  targetOf,
} from '../../../../bin/cli/commands/mappings/mapping-options';
import { sourceText, targetText } from '../../../../bin/cli/commands/mappings/mapping-text';

it.each<[MappingOptions, string]>([
  [{ groupName: 'Engineering' }, 'members of the group Engineering'],
  [{ groupExternalId: '00g1' }, 'members of the group with the external ID 00g1'],
  [{ groupId: '7' }, 'members of the group with the ID 7'],
  [{ role: 'admin' }, 'users with the role admin'],
  [{ entitlement: 'pro' }, 'users with the entitlement pro'],
  [{ attribute: 'title=Lead = Analyst' }, 'users whose title is Lead = Analyst'],
])('the options %j match %s', (options, text) => expect(sourceText(sourceOf(options))).toBe(text));

it.each<[MappingOptions, string]>([
  [{ toUserType: 'Full User' }, 'user type Full User'],
  [{ toOrganization: 'Research', organizationRole: 'lead' }, 'role lead in Research'],
  [{ toAdministrator: 'owner' }, 'owner in the portal, without a license'],
  [{ toAdministrator: 'viewer', withLicense: true }, 'viewer in the portal, with a license'],
  [{ toNoLicense: true }, 'no license'],
])('the options %j give %s', (options, text) => expect(targetText(targetOf(options))).toBe(text));

it.each<[MappingOptions, RegExp]>([
  [{}, /Pass one of --group-name/],
  [{ groupName: 'a', role: 'b' }, /Pass one of --group-name/],
  [{ attribute: 'title' }, /--attribute needs a path and a value/],
  [{ attribute: '=Analyst' }, /--attribute needs a path and a value/],
])('the options %j are refused as a source', (options, message) =>
  expect(() => sourceOf(options)).toThrow(message),
);

it.each<[MappingOptions, RegExp]>([
  [{}, /Pass one of --to-user-type/],
  [{ toUserType: 'Full User', toNoLicense: true }, /Pass one of --to-user-type/],
  [{ toOrganization: 'Research' }, /--to-organization and --organization-role together/],
  [{ organizationRole: 'lead', toNoLicense: true }, /--to-organization and --organization-role together/],
  [{ toUserType: 'Full User', withLicense: true }, /--with-license only with --to-administrator/],
])('the options %j are refused as a target', (options, message) =>
  expect(() => targetOf(options)).toThrow(message),
);
