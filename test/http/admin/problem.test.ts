import { Problem } from '../../../shared/http/admin/problem';
import { AdminError } from '../../../shared/service/admin/admin-error';

it('a request that came too soon is 429 with the time to try again', () => {
  const error = new AdminError('Try again later.', 'tooSoon', 540);
  const { status, detail, headers } = Problem.from(error, 'request-1', () => undefined);
  expect({ status, detail, headers }).toEqual({
    status: 429,
    detail: 'Try again later.',
    headers: { 'retry-after': '540' },
  });
});
