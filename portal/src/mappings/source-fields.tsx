import type { MappingSource } from '../api/schema';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { GroupNameField } from './group-name-field';

/** The kinds of sources. A group has one for each attribute by which it is named. */
const KINDS = {
  displayName: 'are in the group with this name',
  externalId: 'are in the group with this ID of the identity provider',
  id: 'are in the group with this group ID',
  role: 'have this role',
  entitlement: 'have this entitlement',
  attribute: 'have this value in an attribute',
} as const;
type Kind = keyof typeof KINDS;

const DESCRIPTIONS: Readonly<Record<Exclude<Kind, 'displayName'>, string>> = {
  externalId: 'The externalId that the identity provider sends. The page of the group shows it.',
  id: 'The page of the group shows it.',
  role: 'A value of roles, as the identity provider sends it.',
  entitlement: 'A value of entitlements, as the identity provider sends it.',
  attribute: 'Upper and lower case do not matter.',
};

const VALUE_LABELS: Readonly<Record<Exclude<Kind, 'displayName'>, string>> = {
  externalId: 'ID in the identity provider',
  id: 'Group ID',
  role: 'Role',
  entitlement: 'Entitlement',
  attribute: 'Value',
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
        label="Users who"
        options={KINDS}
        value={kind}
        onChange={(next) => onChange(sourceOfKind(next, ''))}
      />
      {from.kind === 'attribute' && (
        <TextField
          label="Attribute"
          description="Such as title, or urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department."
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
