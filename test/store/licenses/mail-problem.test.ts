import { currentProblem } from '../../../shared/store/licenses/mail-problem';

const mailProblem = { kind: 'bounced', at: '2026-01-01T00:00:00.000Z', address: 'jane@example.com' } as const;

it('a problem is one as long as the license has that address', () => {
  expect(currentProblem({ email: 'jane@example.com', mailProblem })).toBe(mailProblem);
  expect(currentProblem({ email: 'jane.doe@example.com', mailProblem })).toBeUndefined();
  expect(currentProblem({ email: 'jane@example.com' })).toBeUndefined();
});
