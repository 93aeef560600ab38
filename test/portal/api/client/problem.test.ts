import { ApiProblem, isRetryable, retryDelayMs } from '../../../../portal/src/api/client/problem';

describe('a problem', () => {
  it('of a proxy, without JSON, still says what to do and has a reference', async () => {
    const response = new Response('<html>', { status: 502, headers: { 'x-amzn-requestid': 'r2' } });
    const problem = await ApiProblem.fromResponse(response);
    expect(problem).toMatchObject({ status: 502, requestId: 'r2' });
    expect(problem.detail).toMatch(/^Try again/);
  });

  it.each([
    [0, true],
    [429, true],
    [503, true],
    [400, false],
    [401, false],
    [404, false],
    [409, false],
  ])('with status %d is retryable: %s', (status, expected) => {
    expect(isRetryable(new ApiProblem(status, 'title', 'detail'))).toBe(expected);
  });

  it('is retried after the requested time, but not if that is too long for a page', () => {
    const busy = (retryAfter?: number) => new ApiProblem(429, 'title', 'detail', undefined, retryAfter);
    expect(retryDelayMs(busy(2), 0)).toBe(2_000);
    expect(retryDelayMs(busy(60), 0)).toBeUndefined();
    expect([0, 1].map((failures) => retryDelayMs(busy(), failures))).toEqual([500, 1_000]);
  });

  it('from another source is not retryable', () => {
    expect(isRetryable(new Error('a mistake in the page'))).toBe(false);
  });
});
