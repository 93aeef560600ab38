import type { MappingTarget, Organization } from '../api/schema';
import { SelectField } from '../components/controls/select-field';
import { Switch } from '../components/controls/switch';
import { Notice } from '../components/display/notice';
import { DOMAIN_ROLES } from '../format/labels';
import { t } from './messages';

type Kind = MappingTarget['kind'];

const KINDS: Readonly<Record<Kind, string>> = {
  userType: t('aUserType'),
  organization: t('aRoleInAnOrganization'),
  administrator: t('aRoleInThisPortal'),
  noLicense: t('kind.noLicense'),
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
      <SelectField label={t('give')} options={KINDS} value={to.kind} onChange={change} />
      {to.kind === 'userType' && (
        <SelectField
          label={t('userType')}
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
            label={t('roleInThisPortal')}
            options={DOMAIN_ROLES}
            value={to.role}
            onChange={(role) => onChange({ ...to, role })}
          />
          <Switch isSelected={to.license} onChange={(license) => onChange({ ...to, license })}>
            {t('withALicense')}
          </Switch>
          <p className="subtle">
            {to.license ? t('administratorAlsoTakesSeatGets') : t('administratorTakesNoSeatGets')}{' '}
            {t('worksOnlyThroughConnectionsOwner')}
          </p>
        </>
      )}
      {to.kind === 'noLicense' && <p className="subtle">{t('usersTakeNoSeatGet')}</p>}
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
      <Notice tone="info" title={t('thereAreNoOrganizations')}>
        <p>{t('closeDialogAddOrganizationRoles')}</p>
      </Notice>
    );
  }
  const rolesOf = (name: string) => organizations.find((each) => each.name === name)?.roles ?? [];
  return (
    <>
      <SelectField
        label={t('organization')}
        options={optionsOf(
          organizations.map(({ name }) => name),
          to.organization,
        )}
        value={to.organization}
        onChange={(organization) => onChange({ ...to, organization, role: rolesOf(organization)[0] ?? '' })}
      />
      <SelectField
        label={t('roleInTheOrganization')}
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
