import { useConnections } from '../api/connections/connections';
import { SelectField } from '../components/controls/select-field';
import { visible } from '../format/visible';
import { useAccess } from '../session/access';
import { t } from './messages';

const ALL = 'all';

interface ConnectionFilterProps {
  /** The ID of the selected connection; empty for all. */
  readonly value: string;
  readonly onChange: (connectionId: string) => void;
}

/** Selects a connection, revoked ones included. */
export function ConnectionFilter({ value, onChange }: ConnectionFilterProps) {
  const { domain } = useAccess();
  const { data } = useConnections(domain.domainId);
  const names = data?.items.map(({ connectionId, name }) => [connectionId, visible(name)] as const) ?? [];
  const options = {
    [ALL]: t('allConnections'),
    ...(value && { [value]: value }),
    ...Object.fromEntries(names),
  };
  return (
    <SelectField
      label={t('connection')}
      options={options}
      value={value || ALL}
      onChange={(next) => onChange(next === ALL ? '' : next)}
    />
  );
}
