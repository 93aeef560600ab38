import { sentence } from '../format/labels';
import { isTime, plainValue } from '../format/value';
import { DataTable } from './display/data-table';
import { Time } from './display/time';

type Row = Readonly<Record<string, unknown>>;

/** What a finding is about: each thing a row, each of its properties a column. */
export function DetailsTable({ rows }: { readonly rows: readonly Row[] }) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <DataTable
      caption="Details"
      rows={rows}
      keyOf={(row) => JSON.stringify(row)}
      columns={names.map((name) => ({
        title: sentence(name),
        cell: (row: Row) => <Value value={row[name]} />,
      }))}
    />
  );
}

function Value({ value }: { readonly value: unknown }) {
  return isTime(value) ? <Time at={value} /> : plainValue(value);
}
