import { rateFindings } from '../../../../shared/service/diagnostics/findings/rate-findings';

const LIMIT = { perMinute: 100, perTenSeconds: 20, bulkOperationsPerRequest: 10 };
const minute = (
  at: string,
  requests: number,
  inTenSeconds = [0, 0, 0, 0, 0, 0],
  connections: Readonly<Record<string, number>> = {},
) => ({
  minute: `2026-03-01T${at}:00.000Z`,
  requests,
  inTenSeconds,
  connections: new Map(Object.entries(connections)),
});

describe('rateFindings', () => {
  it.each([
    ['no request', [], 0],
    ['a minute with one request below the limit', [minute('12:00', 99)], 0],
    ['a full minute', [minute('12:00', 100)], 1],
    ['ten seconds with one request below the limit', [minute('12:00', 19, [0, 0, 19, 0, 0, 0])], 0],
    ['full ten seconds', [minute('12:00', 20, [0, 0, 0, 0, 0, 20])], 1],
  ])('has the right number of findings for %s', (_, usage, findings) => {
    expect(rateFindings(usage, LIMIT)).toHaveLength(findings);
  });

  it('lists the minutes in which the limit was reached, newest first', () => {
    const usage = [minute('12:05', 20, [20, 0, 0, 0, 0, 0]), minute('12:04', 3), minute('11:30', 100)];
    expect(rateFindings(usage, LIMIT)).toMatchObject([
      {
        code: 'rate-limit-reached',
        severity: 'warning',
        found:
          'The rate limit of 100 requests per minute and 20 per ten seconds was reached in ' +
          '2 minutes of the last hour, most recently at 12:05 UTC.',
        details: [
          { minute: '2026-03-01T12:05:00.000Z', requests: 20, mostInTenSeconds: 20 },
          { minute: '2026-03-01T11:30:00.000Z', requests: 100, mostInTenSeconds: 0 },
        ],
      },
    ]);
  });

  it('names the connection that sent most of the requests, if the domain has several', () => {
    const usage = [
      minute('12:05', 100, undefined, { script: 70, okta: 30 }),
      minute('12:04', 100, undefined, { script: 40, okta: 60 }),
      minute('12:03', 3, undefined, { okta: 3 }),
    ];
    const names = new Map([
      ['okta', 'Okta'],
      ['script', 'Nightly script'],
    ]);
    const [finding] = rateFindings(usage, LIMIT, names);
    expect(finding?.found).toMatch(
      /at 12:05 UTC\. The connection "Nightly script" sent most of the requests\.$/,
    );
    expect(finding?.details).toMatchObject([
      { connectionId: 'script', connection: 'Nightly script', requestsOfConnection: 70 },
      { connectionId: 'okta', connection: 'Okta', requestsOfConnection: 60 },
    ]);
    expect(rateFindings(usage, LIMIT, new Map([['okta', 'Okta']]))[0]?.found).toMatch(/UTC\.$/);
  });

  it('has no finding for a domain without a limit', () => {
    expect(rateFindings([minute('12:00', 5_000)], null)).toEqual([]);
  });
});
