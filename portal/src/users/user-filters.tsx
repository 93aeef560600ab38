import { useMappings } from '../api/mappings';
import type { License } from '../api/schema';
import { SelectField } from '../components/controls/select-field';
import { LICENSE_STATUSES, MANAGERS } from '../format/labels';
import type { UserFilter } from '../format/filters/user-filter';
import { visible } from '../format/visible';
import { useAccess } from '../session/access';
import { t } from './messages';

const ALL = 'all';

const LICENSES = {
  [ALL]: t('allLicenses'),
  ...(Object.fromEntries(
    Object.entries(LICENSE_STATUSES).map(([status, { text }]) => [status, text]),
  ) as Record<License['status'], string>),
};

const MANAGER_OPTIONS = { [ALL]: t('allManagers'), ...MANAGERS };

interface UserFiltersProps {
  readonly filter: UserFilter;
  readonly onChange: (part: UserFilter) => void;
}

/** The filters of the list of users. Organizations have one only if there are any. */
export function UserFilters({ filter, onChange }: UserFiltersProps) {
  const { domain } = useAccess();
  const { data } = useMappings(domain.domainId);
  const organizations = [...(data?.vendorOrganizations ?? []), ...(data?.organizations ?? [])];
  const { userType, organization, licenseStatus, managedBy } = filter;
  return (
    <div className="user-filters" role="group" aria-label={t('filter')}>
      <SelectField
        label={t('license')}
        options={LICENSES}
        value={licenseStatus ?? ALL}
        onChange={(next) => onChange({ licenseStatus: next === ALL ? undefined : next })}
      />
      <TextFilter
        label={t('userType')}
        all={t('allUserTypes')}
        values={data?.userTypes ?? []}
        value={userType}
        onChange={(next) => onChange({ userType: next })}
      />
      {(organizations.length > 0 || organization !== undefined) && (
        <TextFilter
          label={t('organization')}
          all={t('allOrganizations')}
          values={organizations.map(({ name }) => name)}
          value={organization}
          onChange={(next) => onChange({ organization: next })}
        />
      )}
      <SelectField
        label={t('managedBy')}
        options={MANAGER_OPTIONS}
        value={managedBy ?? ALL}
        onChange={(next) => onChange({ managedBy: next === ALL ? undefined : next })}
      />
    </div>
  );
}

interface TextFilterProps {
  readonly label: string;
  /** The text of the option that does not filter. */
  readonly all: string;
  readonly values: readonly string[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** Selects one of `values`, or no filter. */
function TextFilter({ label, all, values, value, onChange }: TextFilterProps) {
  const names = new Set(value === undefined ? values : [...values, value]);
  // A value may be the word that stands for no filter.
  const options = {
    [ALL]: all,
    ...Object.fromEntries([...names].map((name) => [`=${name}`, visible(name)])),
  };
  return (
    <SelectField
      label={label}
      options={options}
      value={value === undefined ? ALL : `=${value}`}
      onChange={(next) => onChange(next === ALL ? undefined : next.slice(1))}
    />
  );
}
