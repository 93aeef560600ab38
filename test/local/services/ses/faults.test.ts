import { errorAnswer, PlannedFaults } from '../../../../local/services/ses/faults';

it('a fault affects the planned number of sends to the planned addresses', () => {
  const faults = new PlannedFaults();
  faults.add('Throttling', 'jane', 2);
  faults.add('silent', '', 1);
  expect(['john@x', 'jane@x', 'jane@x', 'jane@x'].map((to) => faults.take(to))).toEqual([
    'silent',
    'Throttling',
    'Throttling',
    undefined,
  ]);
  expect(faults.list()).toEqual([]);
});

it('planned faults can be removed', () => {
  const faults = new PlannedFaults();
  faults.add('MessageRejected', '', 5);
  faults.clear();
  expect(faults.take('jane@x')).toBeUndefined();
});

it.each([
  ['Throttling', 400, 'Throttling'],
  ['AccountSendingPaused', 400, 'AccountSendingPausedException'],
  ['AccessDenied', 403, 'AccessDenied'],
  ['ConfigurationSetDoesNotExist', 400, 'ConfigurationSetDoesNotExist'],
  ['InternalFailure', 500, 'InternalFailure'],
  ['ServiceUnavailable', 503, 'ServiceUnavailable'],
] as const)('%s responds with %d', (fault, status, code) => {
  const answer = errorAnswer(fault);
  expect(answer?.status).toBe(status);
  expect(answer?.body).toContain(`<Code>${code}</Code>`);
});

it.each(['silent', 'lost-answer'] as const)('%s is not an error response', (fault) => {
  expect(errorAnswer(fault)).toBeUndefined();
});
