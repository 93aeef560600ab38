import { currentMailProblem } from '../../../shared/store/licenses/mail-problem';

const mailProblem = { kind: 'bounced', at: '2026-01-01T00:00:00.000Z', address: 'jane@example.com' } as const;

it('a problem applies as long as the license has that address', () => {
  expect(currentMailProblem({ email: 'jane@example.com', mailProblem })).toBe(mailProblem);
  expect(currentMailProblem({ email: 'jane.doe@example.com', mailProblem })).toBeUndefined();
  expect(currentMailProblem({ email: 'jane@example.com' })).toBeUndefined();
});
