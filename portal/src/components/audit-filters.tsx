import { auditFilterParameters, type ChosenAuditFilter } from '../format/audit-filter';
import { Button } from './button';
import { SelectField } from './select-field';
import { TextField } from './text-field';

const KINDS = {
  all: 'Everything',
  user: 'Users',
  group: 'Groups',
  license: 'Licenses',
  key: 'API keys',
  domain: 'Domain settings',
  address: 'Mail addresses',
  request: 'Refused requests',
} as const;

type Kind = keyof typeof KINDS;

interface AuditFiltersProps {
  readonly filter: ChosenAuditFilter;
  readonly onChange: (parameters: Record<string, string>) => void;
}

export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const change = (part: Partial<ChosenAuditFilter>) =>
    onChange(auditFilterParameters({ ...filter, ...part }));
  const isEmpty = Object.values(filter).every((value) => value === '');
  return (
    <div className="filters" role="group" aria-label="Filter">
      <SelectField
        label="What"
        options={KINDS}
        value={filter.kind in KINDS ? (filter.kind as Kind) : 'all'}
        onChange={(kind) => change({ kind: kind === 'all' ? '' : kind })}
      />
      <div className="filter-days">
        <TextField label="From" type="date" value={filter.from} onChange={(from) => change({ from })} />
        <TextField label="To" type="date" value={filter.to} onChange={(to) => change({ to })} />
      </div>
      <TextField
        label="Made by"
        placeholder="Id of a key or person"
        value={filter.actor}
        onChange={(actor) => change({ actor })}
      />
      <TextField
        label="Changed"
        placeholder="Id of a user, group, key"
        value={filter.resource}
        onChange={(resource) => change({ resource })}
      />
      <div className="filters-end">
        <Button look="quiet" isDisabled={isEmpty} onPress={() => onChange({})}>
          Clear filters
        </Button>
      </div>
    </div>
  );
}
