import type { AttributeChange } from '../api/schema';
import { formatValue } from '../format/value';
import { DataTable } from '../components/display/data-table';

/** Attributes before and after. */
export function ChangeTable({ changes }: { readonly changes: readonly AttributeChange[] }) {
  return (
    <DataTable
      caption="What changed"
      rows={changes}
      keyOf={({ attribute }) => attribute}
      columns={[
        { title: 'Attribute', cell: ({ attribute }) => <code>{attribute}</code> },
        { title: 'Before', cell: (change) => <Value change={change} side="before" /> },
        { title: 'After', cell: (change) => <Value change={change} side="after" /> },
      ]}
    />
  );
}

interface ValueProps {
  readonly change: AttributeChange;
  readonly side: 'before' | 'after';
}

function Value({ change, side }: ValueProps) {
  const value = change[side];
  if (value === undefined || value === null) return <span className="subtle">–</span>;
  return <span className={`change change-${side}`}>{formatValue(value)}</span>;
}
