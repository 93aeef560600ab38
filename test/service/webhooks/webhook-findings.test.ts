import { webhookFindings } from '../../../shared/service/webhooks/webhook-findings';

const NOW = new Date('2026-03-01T12:00:00Z');
const WEBHOOKS = [
  { subscriptionId: 'a', name: 'Product' },
  { subscriptionId: 'b', name: 'Billing' },
];
const find = (states: object[], deadLetters: [string, number][] = []) =>
  webhookFindings({ webhooks: WEBHOOKS, states: states as never, deadLetters: new Map(deadLetters) }, NOW);

it('reports endpoints that have failed for more than 15 minutes', () => {
  const findings = find([
    { subscriptionId: 'a', failingSince: '2026-03-01T11:44:59Z', lastError: 'status 500' },
    { subscriptionId: 'b', failingSince: '2026-03-01T11:46:00Z' },
  ]);
  expect(findings).toMatchObject([
    {
      code: 'webhooks-failing',
      severity: 'warning',
      found: '1 subscription has accepted no event for more than 15 minutes: Product.',
      details: [{ subscriptionId: 'a', name: 'Product', error: 'status 500' }],
    },
  ]);
});

it('reports dead letters as an error', () => {
  expect(
    find(
      [],
      [
        ['b', 3],
        ['a', 1],
      ],
    ),
  ).toMatchObject([
    {
      code: 'webhook-dead-letters',
      severity: 'error',
      details: [
        { name: 'Product', deadLetters: 1 },
        { name: 'Billing', deadLetters: 3 },
      ],
    },
  ]);
});

it('reports events that expired, for 30 days after it was noticed', () => {
  const skipped = { from: '2026-01-01T00:00:00.000Z', until: '2026-01-20T00:00:00.000Z' };
  const at = '2026-01-31T13:00:00.000Z';
  expect(
    find([
      { subscriptionId: 'a', skipped: { ...skipped, at } },
      { subscriptionId: 'b', skipped: { ...skipped, at: '2026-01-30T11:00:00.000Z' } },
    ]),
  ).toMatchObject([
    {
      code: 'webhook-events-skipped',
      severity: 'error',
      found: '1 subscription has events that expired after 30 days, before they were delivered: Product.',
      details: [{ subscriptionId: 'a', name: 'Product', ...skipped }],
    },
  ]);
});

it('reports dead letters that have expired, before a run has noticed it', () => {
  const givenUp = { from: '2026-01-20T00:00:00.000Z', until: '2026-01-20T01:00:00.000Z' };
  expect(find([{ subscriptionId: 'a', givenUp }])).toMatchObject([
    { code: 'webhook-events-skipped', details: [{ subscriptionId: 'a', ...givenUp }] },
  ]);
});

it('reports nothing about webhooks that work, are paused, or were deleted', () => {
  expect(
    find(
      [{ subscriptionId: 'a' }, { subscriptionId: 'deleted', failingSince: '2026-01-01T00:00:00Z' }],
      [['deleted', 2]],
    ),
  ).toEqual([]);
});
