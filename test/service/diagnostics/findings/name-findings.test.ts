import { nameFindings } from '../../../../shared/service/diagnostics/findings/name-findings';

const duplicate = (resourceId: string) => ({
  resourceType: 'Group' as const,
  resourceId,
  name: 'E\u0301quipe',
  otherId: 'first',
  lastAt: '2026-03-01T12:00:00.000Z',
});

it('reports nothing without duplicates', () => {
  expect(nameFindings({ entries: [], more: false })).toEqual([]);
});

it('counts and lists the duplicates', () => {
  expect(nameFindings({ entries: [duplicate('a')], more: false })).toMatchObject([
    {
      code: 'names-duplicate',
      severity: 'warning',
      found: expect.stringMatching(/^1 user or group has the same name/) as string,
      details: [{ resourceType: 'Group', resourceId: 'a', name: 'E\u0301quipe', otherId: 'first' }],
    },
  ]);
  const many = Array.from({ length: 30 }, (_, at) => duplicate(String(at)));
  const [finding] = nameFindings({ entries: many, more: true });
  expect(finding?.found).toMatch(/^At least 30 users or groups have/);
  expect(finding?.details).toHaveLength(20);
});
