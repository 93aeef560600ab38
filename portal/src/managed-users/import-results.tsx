import { useState } from 'react';
import { Link } from 'react-router';
import type { UserImportResult } from '../api/schema';
import type { UserFile } from '../api/user-file/users-csv';
import { Button } from '../components/controls/button';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { ServiceText } from '../components/display/service-text';
import { Tag } from '../components/display/tag';
import type { Tone } from '../format/tone';
import { visible } from '../format/visible';
import { detailsText, licenseText, outcomeText } from './import-texts';
import { t } from './messages';

/** The rows that the table shows at first, and with each further press. */
const STEP = 100;

const TONES: Readonly<Record<UserImportResult['outcome'], Tone>> = {
  create: 'good',
  change: 'info',
  unchanged: 'neutral',
  error: 'bad',
};

interface ImportResultsProps {
  readonly results: readonly UserImportResult[];
  readonly file: UserFile;
  /** Whether the rows were imported. @default they are a preview */
  readonly isDone: boolean;
}

/** The results of rows: those that were refused first, then those that change something. */
export function ImportResults({ results, file, isDone }: ImportResultsProps) {
  const [shown, setShown] = useState(STEP);
  const rows = results
    .filter(({ outcome }) => outcome !== 'unchanged')
    .sort((one, other) => Number(other.outcome === 'error') - Number(one.outcome === 'error'));
  if (rows.length === 0) return <p className="subtle">{t('nothingChanges')}</p>;
  return (
    <>
      <DataTable
        caption={t('rows')}
        columns={columnsOf(file, isDone)}
        rows={rows.slice(0, shown)}
        keyOf={({ row }) => String(row)}
        exportAs={{ name: t('importResults'), load: () => Promise.resolve({ items: rows }) }}
      />
      {rows.length > shown && <Button onPress={() => setShown(shown + STEP)}>{t('showMoreRows')}</Button>}
    </>
  );
}

const columnsOf = (file: UserFile, isDone: boolean): readonly Column<UserImportResult>[] => [
  {
    title: t('user'),
    cell: ({ userId, userName }) => {
      const name = visible(userName) || '–';
      return userId === undefined ? name : <Link to={`../users/${userId}`}>{name}</Link>;
    },
    text: ({ userName }) => userName,
  },
  { title: t('row'), cell: ({ row }) => row, align: 'end' },
  {
    title: t('result'),
    cell: ({ outcome }) => <Tag tone={TONES[outcome]}>{outcomeText(outcome, isDone)}</Tag>,
    text: ({ outcome }) => outcomeText(outcome, isDone),
  },
  {
    title: t('license'),
    cell: ({ license }) => licenseText(license, isDone),
  },
  {
    title: t('details'),
    cell: (result) =>
      // The browser refuses rows in its own language.
      result.detail === undefined || file.refused.includes(result) ? (
        detailsText(result)
      ) : (
        <ServiceText>{result.detail}</ServiceText>
      ),
    text: detailsText,
  },
];
