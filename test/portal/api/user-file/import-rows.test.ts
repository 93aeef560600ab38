import {
  countOutcomes,
  importRows,
  type ImportProgress,
} from '../../../../portal/src/api/user-file/import-rows';
import type { UserRow } from '../../../../portal/src/api/user-file/users-csv';

const fileOf = (count: number) => ({
  rows: Array.from({ length: count }, (_, at): UserRow => ({
    row: at + 3,
    values: { userName: `user${at}` },
  })),
  refused: [{ row: 2, userName: 'bad', outcome: 'error' as const, detail: 'Bad.' }],
});

const resultsOf = (rows: readonly UserRow[]) =>
  rows.map(({ row, values }) => ({ row, userName: values.userName ?? '', outcome: 'create' as const }));

const OPTIONS = {
  retryAfter: () => undefined,
  sleep: () => Promise.resolve(),
  isStopped: () => false,
  onProgress: () => undefined,
};

it('sends all rows in their order, continues where a request stopped, and shows how far it is', async () => {
  const sent: number[] = [];
  const progress: ImportProgress[] = [];
  const results = await importRows(fileOf(120), {
    ...OPTIONS,
    // The time of each request is up after 40 rows.
    send: (rows) => {
      sent.push(rows.length);
      return Promise.resolve(resultsOf(rows.slice(0, 40)));
    },
    onProgress: (numbers) => progress.push(numbers),
  });
  expect(sent).toEqual([50, 50, 40]);
  expect(progress.map(({ done }) => done)).toEqual([1, 41, 81, 121]);
  expect(progress.at(-1)).toEqual({ done: 121, total: 121, errors: 1 });
  expect(results.map(({ row }) => row)).toEqual(Array.from({ length: 121 }, (_, at) => at + 2));
  expect(countOutcomes(results)).toEqual({ create: 120, change: 0, unchanged: 0, error: 1 });
});

it('says how many seats the rows before a request take', async () => {
  const taken: number[] = [];
  await importRows(fileOf(110), {
    ...OPTIONS,
    send: (rows, seatsTaken) => {
      taken.push(seatsTaken);
      // One license of each request ends, and one waits.
      const effects = ['ends', 'waits'] as const;
      return Promise.resolve(
        resultsOf(rows).map((result, at) => ({ ...result, license: effects[at] ?? ('starts' as const) })),
      );
    },
  });
  expect(taken).toEqual([0, 47, 94]);
});

it('sends rows again if the service is busy, and fails if that does not help', async () => {
  let failures = 0;
  const waits: number[] = [];
  const send = (rows: readonly UserRow[]) => {
    if (failures++ < 2) return Promise.reject(new Error('busy'));
    return Promise.resolve(resultsOf(rows));
  };
  const options = { ...OPTIONS, send, sleep: (ms: number) => Promise.resolve(void waits.push(ms)) };
  const results = await importRows(fileOf(2), { ...options, retryAfter: (_, count) => 100 * (count + 1) });
  expect(results).toHaveLength(3);
  expect(waits).toEqual([100, 200]);
  failures = 0;
  await expect(importRows(fileOf(2), options)).rejects.toThrow('busy');
  failures = -100;
  const always = { ...options, send: () => Promise.reject(new Error('gone')), retryAfter: () => 1 };
  await expect(importRows(fileOf(2), always)).rejects.toThrow('gone');
});

it('stops before a retry, and returns the results until then', async () => {
  let requests = 0;
  let isStopped = false;
  const results = await importRows(fileOf(100), {
    ...OPTIONS,
    retryAfter: () => 100,
    sleep: () => Promise.resolve(void (isStopped = true)),
    isStopped: () => isStopped,
    send: (rows) => (requests++ === 0 ? Promise.resolve(resultsOf(rows)) : Promise.reject(new Error('busy'))),
  });
  expect(results).toHaveLength(51);
  expect(requests).toBe(2);
});

it('reports the results until a request that fails, in the order of the rows', async () => {
  const reported: number[][] = [];
  let requests = 0;
  // A row that cannot be read is among those of the first request.
  const file = fileOf(100);
  const refused = file.refused.map((result) => ({ ...result, row: 10 }));
  const rows = file.rows.map((each) => ({ ...each, row: each.row - (each.row <= 10 ? 1 : 0) }));
  const failing = importRows(
    { rows, refused },
    {
      ...OPTIONS,
      onProgress: (_, results) => reported.push(results.map(({ row }) => row)),
      send: (sent) =>
        requests++ === 0 ? Promise.resolve(resultsOf(sent)) : Promise.reject(new Error('refused')),
    },
  );
  await expect(failing).rejects.toThrow('refused');
  expect(reported).toEqual([[10], Array.from({ length: 51 }, (_, at) => at + 2)]);
});

it('stops between two requests', async () => {
  let isStopped = false;
  const results = await importRows(fileOf(100), {
    ...OPTIONS,
    isStopped: () => isStopped,
    send: (rows) => {
      isStopped = true;
      return Promise.resolve(resultsOf(rows));
    },
  });
  expect(results).toHaveLength(51);
});
