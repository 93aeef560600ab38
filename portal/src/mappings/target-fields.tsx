import type { MappingTarget, Organization } from '../api/schema';
import { SelectField } from '../components/controls/select-field';
import { Switch } from '../components/controls/switch';
import { Notice } from '../components/display/notice';
import { DOMAIN_ROLES } from '../format/labels';

type Kind = MappingTarget['kind'];

const KINDS: Readonly<Record<Kind, string>> = {
  userType: 'a user type',
  organization: 'a role in an organization',
  administrator: 'a role in this portal',
  noLicense: 'no license',
};

interface TargetFieldsProps {
  readonly to: MappingTarget;
  readonly userTypes: readonly string[];
  readonly organizations: readonly Organization[];
  readonly onChange: (to: MappingTarget) => void;
}

/** The fields for what a mapping gives users. */
export function TargetFields({ to, userTypes, organizations, onChange }: TargetFieldsProps) {
  const change = (kind: Kind) => onChange(targetOfKind(kind, userTypes, organizations));
  return (
    <>
      <SelectField label="Get" options={KINDS} value={to.kind} onChange={change} />
      {to.kind === 'userType' && (
        <SelectField
          label="User type"
          options={optionsOf(userTypes, to.userType)}
          value={to.userType}
          onChange={(userType) => onChange({ ...to, userType })}
        />
      )}
      {to.kind === 'organization' && (
        <OrganizationFields to={to} organizations={organizations} onChange={onChange} />
      )}
      {to.kind === 'administrator' && (
        <>
          <SelectField
            label="Role in this portal"
            options={DOMAIN_ROLES}
            value={to.role}
            onChange={(role) => onChange({ ...to, role })}
          />
          <Switch isSelected={to.license} onChange={(license) => onChange({ ...to, license })}>
            With a license
          </Switch>
          <p className="subtle">
            {to.license
              ? 'The administrator also takes a seat and gets a license key.'
              : 'The administrator takes no seat and gets an invitation to the portal instead of a license key.'}{' '}
            This works only through connections for which an owner has confirmed it.
          </p>
        </>
      )}
      {to.kind === 'noLicense' && (
        <p className="subtle">
          These users take no seat and get no license key. Licenses that they have end.
        </p>
      )}
    </>
  );
}

interface OrganizationFieldsProps {
  readonly to: Extract<MappingTarget, { kind: 'organization' }>;
  readonly organizations: readonly Organization[];
  readonly onChange: (to: MappingTarget) => void;
}

function OrganizationFields({ to, organizations, onChange }: OrganizationFieldsProps) {
  if (organizations.length === 0) {
    return (
      <Notice tone="info" title="There are no organizations">
        <p>Close this dialog, and add an organization with its roles first.</p>
      </Notice>
    );
  }
  const rolesOf = (name: string) => organizations.find((each) => each.name === name)?.roles ?? [];
  return (
    <>
      <SelectField
        label="Organization"
        options={optionsOf(
          organizations.map(({ name }) => name),
          to.organization,
        )}
        value={to.organization}
        onChange={(organization) => onChange({ ...to, organization, role: rolesOf(organization)[0] ?? '' })}
      />
      <SelectField
        label="Role in the organization"
        options={optionsOf(rolesOf(to.organization), to.role)}
        value={to.role}
        onChange={(role) => onChange({ ...to, role })}
      />
    </>
  );
}

function targetOfKind(
  kind: Kind,
  userTypes: readonly string[],
  [organization]: readonly Organization[],
): MappingTarget {
  switch (kind) {
    case 'userType':
      return { kind, userType: userTypes.at(-1) ?? '' };
    case 'organization':
      return { kind, organization: organization?.name ?? '', role: organization?.roles[0] ?? '' };
    case 'administrator':
      return { kind, role: 'viewer', license: false };
    case 'noLicense':
      return { kind };
  }
}

/** Returns the values as options. A stored value that is no longer one of them stays visible. */
const optionsOf = (values: readonly string[], current: string): Record<string, string> =>
  Object.fromEntries([...values, ...(current === '' ? [] : [current])].map((value) => [value, value]));
