import { MetricStore } from '../../../../local/cloud/metrics/metric-store';
import { queryMetrics } from '../../../../local/services/cloudwatch/query';

const MINUTE = 60_000;
const RANGE = { start: 0, end: 5 * MINUTE };

/** Stores values by minute; `undefined` is a minute without data. */
function storeOf(metrics: Record<string, readonly (number | readonly number[] | undefined)[]>): MetricStore {
  const store = new MetricStore(Infinity);
  for (const [name, minutes] of Object.entries(metrics))
    for (const [at, values] of minutes.entries())
      for (const value of [values ?? []].flat())
        store.put({ namespace: 'Test', name, dimensions: { Of: name }, timestamp: at * MINUTE, value });
  return store;
}

const stat = (id: string, name: string, statistic = 'Sum', period = 60) => ({
  Id: id,
  ReturnData: false,
  MetricStat: {
    Metric: { Namespace: 'Test', MetricName: name, Dimensions: [{ Name: 'Of', Value: name }] },
    Period: period,
    Stat: statistic,
  },
});

/** Evaluates an expression over the metrics `a` and `b`. Returns the values of each series by minute. */
function evaluate(
  expression: string,
  metrics: Record<string, readonly (number | readonly number[] | undefined)[]>,
  statistic = 'Sum',
): (number | undefined)[][] {
  const queries = [
    ...Object.keys(metrics).map((name) => stat(name, name, statistic)),
    { Id: 'result', Expression: expression, Period: 60 },
  ];
  const [result] = queryMetrics(storeOf(metrics), queries, RANGE);
  return (result?.series ?? []).map(({ points }) =>
    Array.from({ length: 5 }, (_, at) => points.get(at * MINUTE)),
  );
}

describe('Statistics', () => {
  const values = [[1, 2, 3, 4, 10]];
  test.each([
    ['Sum', 20],
    ['SampleCount', 5],
    ['Average', 4],
    ['Minimum', 1],
    ['Maximum', 10],
    ['p50', 3],
    ['p80', 4],
    ['p99.9', 10],
  ])('%s of 1, 2, 3, 4, 10 is %d', (statistic, expected) => {
    expect(evaluate('a', { a: values }, statistic)[0]?.[0]).toBe(expected);
  });

  test('a period is aligned to the epoch and has no value without data', () => {
    const [result] = queryMetrics(
      storeOf({ a: [1, 2, 4, undefined, undefined, 8] }),
      [{ ...stat('a', 'a', 'Sum', 180), ReturnData: true }],
      { start: MINUTE, end: 9 * MINUTE },
    );
    expect([...(result?.series[0]?.points ?? [])]).toEqual([
      [0, 7],
      [180_000, 8],
    ]);
  });

  test('an unknown statistic is refused', () => {
    expect(() => evaluate('a', { a: [1] }, 'Median')).toThrow('does not know the statistic Median');
  });
});

describe('Metric math', () => {
  const metrics = { a: [1, 2, undefined, 4], b: [10, 0, 30, 40] };
  test.each([
    ['a + b', [11, 2, undefined, 44, undefined]],
    ['FILL(a, 0) + b', [11, 2, 30, 44, undefined]],
    ['FILL(a, REPEAT)', [1, 2, 2, 4, 4]],
    ['a / b', [0.1, undefined, undefined, 0.1, undefined]],
    ['100 * a / (a + b)', [100 / 11, 100, undefined, 400 / 44, undefined]],
    ['-a + 2 ^ 3', [7, 6, undefined, 4, undefined]],
    ['SUM([a, b])', [11, 2, 30, 44, undefined]],
    ['SUM(METRICS())', [11, 2, 30, 44, undefined]],
    ['MAX([a, b])', [10, 2, 30, 40, undefined]],
    ['AVG(METRICS("b"))', [10, 0, 30, 40, undefined]],
    ['SUM(a) + 0 * b', [7, 7, 7, 7, undefined]],
    ['IF(b > 5, a, 0)', [1, 0, undefined, 4, undefined]],
    ['IF(b > 5 AND FILL(a, 0) < 2, 1, 0)', [1, 0, 1, 0, undefined]],
    ['IF(b == 0 || b >= 40, 1)', [undefined, 1, undefined, 1, undefined]],
    ['DIFF(b)', [undefined, -10, 30, 10, undefined]],
    ['RATE(b)', [undefined, -10 / 60, 0.5, 10 / 60, undefined]],
    ['RUNNING_SUM(b)', [10, 10, 40, 80, undefined]],
    ['a / PERIOD(a)', [1 / 60, 2 / 60, undefined, 4 / 60, undefined]],
    ['METRIC_COUNT(METRICS())', [2, 2, 2, 2, 2]],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression, metrics)).toEqual([expected]);
  });

  test('a search finds the metrics of a schema, and SORT orders them', () => {
    const search = `SEARCH('{Test,Of} MetricName=("a" OR "b")', 'Sum', 60)`;
    expect(evaluate(search, { ...metrics, c: [1] })).toHaveLength(2);
    expect(evaluate(`SLICE(SORT(${search}, SUM, DESC), 0, 1)`, metrics)).toEqual([
      [10, 0, 30, 40, undefined],
    ]);
    expect(evaluate(`SEARCH('{Test} a', 'Sum', 60)`, metrics)).toEqual([]);
    expect(evaluate(`SEARCH('{Test,Of} NOT MetricName="a"', 'Sum', 60)`, metrics)).toHaveLength(1);
  });

  test.each(['a +', 'FOO(a)', 'a + c', '(a', 'a ? b'])('%s is refused', (expression) => {
    expect(() => evaluate(expression, metrics)).toThrow();
  });

  test('an expression that refers to itself is refused', () => {
    const queries = [
      { Id: 'a', Expression: 'b + 1' },
      { Id: 'b', Expression: 'a + 1' },
    ];
    expect(() => queryMetrics(storeOf({}), queries, RANGE)).toThrow('refers to itself');
  });
});

describe('A metric store', () => {
  test('keeps its values when it is exported and imported', () => {
    const store = storeOf({ a: [[1, 1, 5], 2] });
    const copy = MetricStore.import(JSON.parse(JSON.stringify(store.export())) as never);
    expect(copy.export()).toEqual(store.export());
  });

  test('exports the metrics of one name', () => {
    const names = storeOf({ a: [1], b: [2] })
      .export('b')
      .map(({ name }) => name);
    expect(names).toEqual(['b']);
  });

  test('returns samples in the order of their times, also after earlier and further ones have arrived', () => {
    const store = new MetricStore(Infinity);
    const id = { namespace: 'Test', name: 'a', dimensions: {} };
    const timesAfter = (seconds: number) => {
      store.put({ ...id, timestamp: seconds * 1_000, value: 1 });
      return store.samples(id, 1_000, 4_000).map(({ timestamp }) => timestamp / 1_000);
    };
    expect(timesAfter(3)).toEqual([3]);
    expect(timesAfter(1)).toEqual([1, 3]);
    expect(timesAfter(0)).toEqual([1, 3]);
    expect(timesAfter(4)).toEqual([1, 3]);
    expect(timesAfter(2)).toEqual([1, 2, 3]);
    store.put({ ...id, timestamp: 2_500, value: 7 });
    expect(store.samples(id, 2_000, 3_000)).toEqual([
      {
        timestamp: 2_000,
        values: new Map([
          [1, 1],
          [7, 1],
        ]),
      },
    ]);
  });

  test('a copy with other times keeps the values', () => {
    const faster = storeOf({ a: [1, 2] }).withTimes((at) => at * 10);
    expect(faster.samples({ namespace: 'Test', name: 'a', dimensions: { Of: 'a' } })).toEqual([
      { timestamp: 0, values: new Map([[1, 1]]) },
      { timestamp: 600_000, values: new Map([[2, 1]]) },
    ]);
  });

  test('forgets values that are older than its retention', () => {
    const store = new MetricStore(MINUTE);
    const put = (timestamp: number) =>
      store.put({ namespace: 'Test', name: 'a', dimensions: {}, timestamp, value: 1 });
    put(0);
    put(10 * MINUTE);
    expect(store.samples({ namespace: 'Test', name: 'a', dimensions: {} })).toHaveLength(1);
  });

  test('ignores values that are no numbers', () => {
    const store = new MetricStore();
    store.put({ namespace: 'Test', name: 'a', dimensions: {}, timestamp: 0, value: NaN });
    expect(store.list()).toEqual([]);
  });
});
