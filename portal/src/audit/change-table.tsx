import type { AttributeChange } from '../api/schema';
import { formatValue } from '../format/value';
import { DataTable } from '../components/display/data-table';
import { t } from './messages';

/** Shows attributes before and after a change. */
export function ChangeTable({ changes }: { readonly changes: readonly AttributeChange[] }) {
  return (
    <DataTable
      caption={t('changes')}
      rows={changes}
      keyOf={({ attribute }) => attribute}
      columns={[
        {
          title: t('attribute'),
          cell: ({ attribute }) => <code>{attribute}</code>,
          text: ({ attribute }) => attribute,
        },
        {
          title: t('before'),
          cell: (change) => <Value change={change} side="before" />,
          text: ({ before }) => textOf(before),
        },
        {
          title: t('after'),
          cell: (change) => <Value change={change} side="after" />,
          text: ({ after }) => textOf(after),
        },
      ]}
    />
  );
}

const textOf = (value: AttributeChange['before']): string | undefined =>
  value === undefined || value === null ? undefined : formatValue(value);

interface ValueProps {
  readonly change: AttributeChange;
  readonly side: 'before' | 'after';
}

function Value({ change, side }: ValueProps) {
  const value = change[side];
  if (value === undefined || value === null) return <span className="subtle">–</span>;
  return (
    <span className={`change change-${side}`}>
      {formatValue(value)}
      {change.truncated?.includes(side) && <span className="subtle"> {t('truncated')}</span>}
    </span>
  );
}
