import { usageByConnection } from '../../../portal/src/format/rate-usage';

const minute = (...requests: readonly (readonly [string, number])[]) => ({
  minute: '2026-05-01T00:00:00Z',
  requests: 0,
  mostInTenSeconds: 0,
  connections: requests.map(([connectionId, count]) => ({
    connectionId,
    name: connectionId,
    requests: count,
  })),
});

test('the requests of each connection are added up, the most first', () => {
  const minutes = [minute(['okta', 3], ['entra', 2]), minute(['entra', 4]), minute()];
  expect(usageByConnection({ minutes })).toEqual([
    { connectionId: 'entra', name: 'entra', requests: 6 },
    { connectionId: 'okta', name: 'okta', requests: 3 },
  ]);
  expect(usageByConnection({ minutes: [] })).toEqual([]);
});
