import { estimate, totals } from '../../../bench/cost/estimate';
import { gigabyteSeconds } from '../../../bench/cost/lines/compute';
import type { Situation } from '../../../bench/cost/lines/usage-line';
import type { TemplateCounts } from '../../../bench/cost/template-counts';
import { recordedRequests, recordsOf } from '../../../bench/cost/recorded-requests';
import { entra, IDLE, okta, requestCount, type Workload } from '../../../bench/cost/workload';
import { RequestSampler } from '../../../shared/http/requests/request-sampler';
import { COUNTS } from './counts';

const situation = (workload: Workload, counts: Partial<TemplateCounts> = {}): Situation => ({
  counts: { ...COUNTS, ...counts },
  workload,
  auditRetentionDays: 365,
});

const lineOf = (priceId: string, ...args: Parameters<typeof estimate>) => {
  const lines = estimate(...args).filter((line) => line.priceId === priceId);
  expect(lines).toHaveLength(1);
  return lines[0] as (typeof lines)[number];
};

describe('the cost of DynamoDB writes', () => {
  // Okta, 1,000 users: 30 join, 20 leave, 50 change, and 50 change groups. Each write operation costs its
  // measured units. A page of an import leaves a mark for the next one.
  const units = 30 * 12 + 20 * 8 + 50 * 4 + 50 * 8 + 40;
  // Each request counts against the rate plan: 30 lookups, 30 creations, 70 reads, 70 changes, 100 pushes, 40
  // pages.
  const requests = 30 + 30 + 70 + 70 + 100 + 40;
  // With so few requests in an hour, each one is recorded.
  const records = requests;
  // Emails: 30 keys and 20 notices of 5 units, and one each for the delivery event.
  const emails = 50 * 5 + 50;

  it('is the sum of the measured units, at the price of the region', () => {
    const workload = okta(1_000, 0);
    expect(requestCount(workload)).toBeCloseTo(requests, 6);
    const writes = lineOf('dynamodb.write', situation(workload), 'us-east-1');
    expect(writes.quantity).toBeCloseTo(units + requests + records + emails, 6);
    expect(writes.cost).toBeCloseTo(((units + requests + records + emails) * 0.625) / 1e6, 9);
    expect(lineOf('dynamodb.write', situation(workload), 'eu-central-1').cost).toBeCloseTo(
      ((units + requests + records + emails) * 0.7625) / 1e6,
      9,
    );
  });

  it('is nothing without users', () => {
    expect(lineOf('dynamodb.write', situation(IDLE), 'us-east-1').quantity).toBe(0);
  });
});

describe('recorded requests', () => {
  it.each([0, 1, 20, 21, 40, 60, 61, 1_000, 1_530, 100_000])(
    'of %i in an hour are as many as the sampler takes',
    (requests) => {
      const sampler = new RequestSampler();
      let taken = 0;
      for (let at = 0; at < requests; at += 1) if (sampler.take('d', 'accepted', 'read', 0)) taken += 1;
      // The estimate counts a part of a record for requests that the next record will count.
      expect(recordsOf(requests)).toBeGreaterThanOrEqual(taken);
      expect(recordsOf(requests)).toBeLessThan(taken + 1);
    },
  );

  it('are some of the many lookups of full cycles', () => {
    const [full, changes] = [entra(100_000, 1, 0), entra(100_000, 0, 0)];
    expect(recordedRequests(changes)).toBeCloseTo(requestCount(changes), 6);
    expect(recordedRequests(full)).toBeLessThan(requestCount(full) / 5);
    expect(recordedRequests(full)).toBeGreaterThan(requestCount(changes));
  });

  it('are kept for seven days', () => {
    const [full, changes] = [entra(100_000, 1, 0), entra(100_000, 0, 0)];
    const storage = (workload: Workload) =>
      lineOf('dynamodb.storage', situation(workload), 'us-east-1').quantity;
    const more = recordedRequests(full) - recordedRequests(changes);
    expect(storage(full) - storage(changes)).toBeCloseTo((more * 600 * 7 * 12) / 365 / 1e9, 6);
  });
});

describe('the cycle of Entra ID', () => {
  it('looks up every user 1,095 times a month if each cycle is full', () => {
    const difference = requestCount(entra(1_000, 1, 0)) - requestCount(entra(1_000, 0, 0));
    // 730 hours have 1,095 cycles of 40 minutes. 1,000 users are in 20 groups.
    expect(difference).toBeCloseTo(1_095 * (1_000 + 20), 3);
  });

  it('costs a request of API Gateway for each lookup and each request of the portal', () => {
    const { quantity, cost } = lineOf('api.requests', situation(entra(1_000, 1, 20)), 'us-east-1');
    const portal = 1 * 4 * 30;
    expect(quantity).toBeCloseTo(requestCount(entra(1_000, 1, 20)) + 20_000 + portal, 6);
    expect(cost).toBeCloseTo((quantity * 3.5) / 1e6, 9);
  });
});

describe('settings of the stage', () => {
  const idleCost = (counts: Partial<TemplateCounts>) =>
    totals(estimate(situation(IDLE, counts), 'us-east-1')).total -
    totals(estimate(situation(IDLE), 'us-east-1')).total;

  test.each([
    ['a web ACL with two rules', { webAcls: 1, webAclRules: 2 }, 7],
    ['ten metrics of alarms', { alarmMetrics: 40 }, 1],
    ['a dashboard', { dashboards: 2 }, 3],
    ['a customer key', { keys: 2 }, 1],
    ['a customer key of the table', { tableHasCustomerKey: true }, (16 * 730 * 12 * 0.03) / 1e4],
    ['a replicated secret', { secrets: 6 }, 0.4],
  ])('%s: %o costs $%d more in an idle deployment', (_, counts, more) => {
    expect(idleCost(counts)).toBeCloseTo(more, 9);
  });

  it('bills events only with an event bus, and what the service writes for them', () => {
    const workload = okta(1_000, 0);
    const without = situation(workload);
    const withBus = situation(workload, { eventBuses: 1 });
    expect(lineOf('eventbridge.events', without, 'us-east-1').quantity).toBe(0);
    // 30 users join and 20 leave, with an event of the license, too. 50 users change, and 50 are added to
    // groups.
    const events = 30 * 2 + 20 * 2 + 50 + 50;
    const { quantity, cost } = lineOf('eventbridge.events', withBus, 'us-east-1');
    expect(quantity).toBeCloseTo(events, 6);
    expect(cost).toBeCloseTo(events / 1e6, 9);
    const writes = (of: Situation) => lineOf('dynamodb.write', of, 'us-east-1').quantity;
    expect(writes(withBus) - writes(without)).toBeCloseTo(10 * events, 6);
    const idle = (counts: Partial<TemplateCounts>) =>
      totals(estimate(situation(IDLE, counts), 'us-east-1')).total;
    expect(idle({ eventBuses: 1 })).toBe(idle({}));
  });

  it('bills requests to AWS WAF, traces, and backups only with their settings', () => {
    const busy = situation(okta(100_000, 20));
    for (const priceId of ['waf.requests', 'xray.traces', 'backup.storage'])
      expect(lineOf(priceId, busy, 'us-east-1').quantity).toBe(0);
    const all = { webAcls: 1, tracing: true, backupCopies: 47 };
    const withAll = situation(okta(100_000, 20), all);
    const storage = lineOf('dynamodb.storage', withAll, 'us-east-1').quantity;
    expect(lineOf('backup.storage', withAll, 'us-east-1').quantity).toBeCloseTo(47 * storage, 9);
    const requests = lineOf('api.requests', withAll, 'us-east-1').quantity;
    expect(lineOf('waf.requests', withAll, 'us-east-1').quantity).toBe(requests);
    // A month has 2,628,000 seconds. The workload has fewer requests, so each may be the first of its second.
    expect(requests).toBeLessThan(2_628_000);
    expect(lineOf('xray.traces', withAll, 'us-east-1').quantity).toBe(requests);
  });

  it('bills more logs at the level DEBUG than at INFO, and fewer at WARN', () => {
    const ingested = (logLevel: string) =>
      lineOf('logs.ingestion', situation(okta(1_000, 20), { logLevel }), 'us-east-1').quantity;
    expect(ingested('DEBUG')).toBeGreaterThan(2 * ingested('INFO'));
    expect(ingested('WARN')).toBeLessThan(ingested('INFO'));
  });
});

test('the compute of Lambda is its memory times its time, with the starts of new instances', () => {
  // 20 ms, and one percent of 300 ms, with half a gigabyte.
  expect(gigabyteSeconds([{ kind: 'read', count: 1_000, memory: 512 }])).toBeCloseTo(1_000 * 0.023 * 0.5, 9);
});

test('allowances leave out what is free, and never make a cost negative', () => {
  const counts = { alarmMetrics: 12, dashboards: 1 };
  const allowances = { allowances: true };
  const [alarms, dashboards] = ['cloudwatch.alarms', 'cloudwatch.dashboards'].map((priceId) =>
    lineOf(priceId, situation(IDLE, counts), 'us-east-1', allowances),
  );
  expect(alarms?.cost).toBeCloseTo(2 * 0.1, 9);
  expect(dashboards?.cost).toBe(0);
});

test('totals add up the lines of each component', () => {
  const lines = estimate(situation(okta(1_000, 20)), 'eu-central-1');
  const { byComponent, total } = totals(lines);
  expect([...byComponent.values()].reduce((sum, each) => sum + each, 0)).toBeCloseTo(total, 9);
  expect(total).toBeCloseTo(
    lines.reduce(
      (sum, { quantity, price }) => sum + (quantity * price.prices['eu-central-1']) / price.per,
      0,
    ),
    9,
  );
});
