import type { RowFigures } from './measure';

/** The head of the table, and what its columns mean. */
export const TABLE_HEAD = [
  'Times are in milliseconds. "Held" is the time for which a transaction holds its items. "Tries" are the tries per',
  'commit: only tries that another request has canceled count in addition to the commits. "Alone" is the same load',
  'without conflicts, measured just before. "Slower" is p95 divided by p95 alone. A row passes if tries and slower',
  'are within their targets, and if all responses are successes.',
  '',
  '| load | held | tries | target | p50 | p95 | p50 alone | p95 alone | slower | target | 5xx | 4xx | result |',
  '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
].join('\n');

/** Returns a row of the table. */
export function tableRow(figures: RowFigures): string {
  const { row, holdMs, withConflicts, withoutConflicts } = figures;
  const times = [withConflicts, withoutConflicts].flatMap(({ p50, p95 }) => [p50, p95]);
  const cells = [
    row.name,
    holdMs,
    withConflicts.triesPerCommit.toFixed(2),
    `≤ ${row.maxTries}`,
    ...times.map((ms) => ms.toFixed(0)),
    slowdown(figures).toFixed(2),
    row.maxSlowdown === undefined ? '–' : `≤ ${row.maxSlowdown}`,
    withConflicts.serverErrors + withoutConflicts.serverErrors,
    withConflicts.clientErrors + withoutConflicts.clientErrors,
    passes(figures) ? 'pass' : 'FAIL',
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Returns whether a row is within its targets, and all responses of both loads are successes. */
export function passes(figures: RowFigures): boolean {
  const { row, withConflicts, withoutConflicts } = figures;
  const errors = [withConflicts, withoutConflicts].reduce(
    (sum, { serverErrors, clientErrors }) => sum + serverErrors + clientErrors,
    0,
  );
  return (
    errors === 0 &&
    withConflicts.triesPerCommit <= row.maxTries &&
    slowdown(figures) <= (row.maxSlowdown ?? Infinity)
  );
}

const slowdown = ({ withConflicts, withoutConflicts }: RowFigures): number =>
  withConflicts.p95 / withoutConflicts.p95;
