import { useId, useState } from 'react';
import { auditFilterParameters, type AuditFilterForm } from '../format/filters/audit-filter';
import { Button } from '../components/controls/button';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { ConnectionFilter } from '../connections/connection-filter';
import { EVENT_KINDS } from './event-kinds';
import { t } from './messages';

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
          {activeCount === 0 ? t('filter') : t('filterActiveCount', { activeCount })}
        </Button>
      </div>
      <div className="filters" id={id} role="group" aria-label={t('filter')} data-open={isOpen || undefined}>
        <SelectField
          label={t('eventType')}
          options={EVENT_KINDS}
          value={isEventKind(filter.kind) ? filter.kind : 'all'}
          onChange={(kind) => change({ kind: kind === 'all' ? '' : kind })}
        />
        <ConnectionFilter value={filter.connection} onChange={(connection) => change({ connection })} />
        <div className="filter-days">
          <TextField
            label={t('from')}
            type="date"
            value={filter.from}
            onChange={(from) => change({ from })}
          />
          <TextField label={t('to')} type="date" value={filter.to} onChange={(to) => change({ to })} />
        </div>
        <TextField
          label={t('actor')}
          placeholder={t('nameAddressOrIdOfActor')}
          value={filter.actor}
          onChange={(actor) => change({ actor })}
        />
        <TextField
          label={t('resource')}
          placeholder={t('nameAddressOrIdOfResource')}
          value={filter.resource}
          onChange={(resource) => change({ resource })}
        />
        <div className="filters-end">
          <Button variant="quiet" isDisabled={activeCount === 0} onPress={() => onChange({})}>
            {t('clearFilters')}
          </Button>
        </div>
      </div>
    </>
  );
}

const isEventKind = (kind: string): kind is keyof typeof EVENT_KINDS => Object.hasOwn(EVENT_KINDS, kind);
