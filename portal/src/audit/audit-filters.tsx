import { useId, useState } from 'react';
import { auditFilterParameters, type AuditFilterForm } from '../format/audit-filter';
import { Button } from '../components/controls/button';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { ConnectionFilter } from '../connections/connection-filter';

const KINDS = {
  all: 'All events',
  user: 'Users',
  group: 'Groups',
  license: 'Licenses',
  mappings: 'Mappings',
  connection: 'Connections',
  key: 'SCIM keys',
  secret: 'Client secrets',
  trust: 'Workload identity trusts',
  token: 'Refused token requests',
  domain: 'Domain settings',
  address: 'Email addresses',
  request: 'Refused requests',
} as const;

type Kind = keyof typeof KINDS;

interface AuditFiltersProps {
  readonly filter: AuditFilterForm;
  readonly onChange: (parameters: Record<string, string>) => void;
}

/** The filters. On a phone, a button shows them, so that the events are visible first. */
export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const change = (part: Partial<AuditFilterForm>) => onChange(auditFilterParameters({ ...filter, ...part }));
  const activeCount = Object.values(filter).filter((value) => value !== '').length;
  return (
    <>
      <div className="filters-toggle">
        <Button aria-expanded={isOpen} aria-controls={id} onPress={() => setOpen(!isOpen)}>
          {activeCount === 0 ? 'Filter' : `Filter (${activeCount})`}
        </Button>
      </div>
      <div className="filters" id={id} role="group" aria-label="Filter" data-open={isOpen || undefined}>
        <SelectField
          label="Event type"
          options={KINDS}
          value={filter.kind in KINDS ? (filter.kind as Kind) : 'all'}
          onChange={(kind) => change({ kind: kind === 'all' ? '' : kind })}
        />
        <ConnectionFilter value={filter.connection} onChange={(connection) => change({ connection })} />
        <div className="filter-days">
          <TextField label="From" type="date" value={filter.from} onChange={(from) => change({ from })} />
          <TextField label="To" type="date" value={filter.to} onChange={(to) => change({ to })} />
        </div>
        <TextField
          label="Actor ID"
          placeholder="ID of a credential or person"
          value={filter.actor}
          onChange={(actor) => change({ actor })}
        />
        <TextField
          label="Resource ID"
          placeholder="ID of a user, group, or connection"
          value={filter.resource}
          onChange={(resource) => change({ resource })}
        />
        <div className="filters-end">
          <Button variant="quiet" isDisabled={activeCount === 0} onPress={() => onChange({})}>
            Clear filters
          </Button>
        </div>
      </div>
    </>
  );
}
