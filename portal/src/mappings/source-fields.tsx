import type { MappingSource } from '../api/schema';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { GroupNameField } from './group-name-field';
import { t } from './messages';

/** The kinds of sources. A group has one for each attribute by which it is named. */
const KINDS = {
  displayName: t('areInTheGroupWith'),
  externalId: t('groupIdIdentityProvider'),
  id: t('groupGroupId'),
  role: t('haveThisRole'),
  entitlement: t('haveThisEntitlement'),
  attribute: t('haveThisValueInAn'),
} as const;
type Kind = keyof typeof KINDS;

const DESCRIPTIONS: Readonly<Record<Exclude<Kind, 'displayName'>, string>> = {
  externalId: t('externalIdIdentityProviderSendsPage'),
  id: t('pageGroupShows'),
  role: t('valueRolesIdentityProviderSends'),
  entitlement: t('valueEntitlementsIdentityProviderSends'),
  attribute: t('upperLowerCaseNotMatter'),
};

const VALUE_LABELS: Readonly<Record<Exclude<Kind, 'displayName'>, string>> = {
  externalId: t('idInTheIdentityProvider'),
  id: t('groupId'),
  role: t('role'),
  entitlement: t('entitlement'),
  attribute: t('value'),
};

interface SourceFieldsProps {
  readonly from: MappingSource;
  readonly onChange: (from: MappingSource) => void;
}

/** The fields for what a mapping looks for in users. */
export function SourceFields({ from, onChange }: SourceFieldsProps) {
  const kind: Kind = from.kind === 'group' ? from.by : from.kind;
  const setValue = (value: string) => onChange({ ...from, value });
  return (
    <>
      <SelectField
        label={t('usersWho')}
        options={KINDS}
        value={kind}
        onChange={(next) => onChange(sourceOfKind(next, ''))}
      />
      {from.kind === 'attribute' && (
        <TextField
          label={t('attribute')}
          description={t('suchTitleUrnIetfParams')}
          value={from.path}
          onChange={(path) => onChange({ ...from, path })}
          isRequired
          maxLength={256}
          autoComplete="off"
        />
      )}
      {kind === 'displayName' ? (
        <GroupNameField value={from.value} onChange={setValue} />
      ) : (
        <TextField
          label={VALUE_LABELS[kind]}
          description={DESCRIPTIONS[kind]}
          value={from.value}
          onChange={setValue}
          isRequired
          maxLength={256}
          autoComplete="off"
        />
      )}
    </>
  );
}

function sourceOfKind(kind: Kind, value: string): MappingSource {
  if (kind === 'attribute') return { kind, path: '', value };
  if (kind === 'role' || kind === 'entitlement') return { kind, value };
  return { kind: 'group', by: kind, value };
}
