import { useId, useState } from 'react';
import { auditFilterParameters, type AuditFilterForm } from '../format/audit-filter';
import { Button } from '../components/controls/button';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';

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
  readonly filter: AuditFilterForm;
  readonly onChange: (parameters: Record<string, string>) => void;
}

/** On a phone behind a button, so that the events are seen first. */
export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const change = (part: Partial<AuditFilterForm>) => onChange(auditFilterParameters({ ...filter, ...part }));
  const chosen = Object.values(filter).filter((value) => value !== '').length;
  return (
    <>
      <div className="filters-toggle">
        <Button aria-expanded={isOpen} aria-controls={id} onPress={() => setOpen(!isOpen)}>
          {chosen === 0 ? 'Filter' : `Filter (${chosen})`}
        </Button>
      </div>
      <div className="filters" id={id} role="group" aria-label="Filter" data-open={isOpen || undefined}>
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
          <Button variant="quiet" isDisabled={chosen === 0} onPress={() => onChange({})}>
            Clear filters
          </Button>
        </div>
      </div>
    </>
  );
}
