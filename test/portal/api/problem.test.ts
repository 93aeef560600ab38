import { ApiProblem, isRetryable, retryDelayMs } from '../../../portal/src/api/problem';

describe('a problem', () => {
  it('of something in between, which answers no JSON, still says what to do and what to quote', async () => {
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
  ])('of status %d may pass by itself: %s', (status, expected) => {
    expect(isRetryable(new ApiProblem(status, 'title', 'detail'))).toBe(expected);
  });

  it('is tried again when its answer says, but not where nobody would wait so long for a page', () => {
    const busy = (retryAfter?: number) => new ApiProblem(429, 'title', 'detail', undefined, retryAfter);
    expect(retryDelayMs(busy(2), 0)).toBe(2_000);
    expect(retryDelayMs(busy(60), 0)).toBeUndefined();
    expect([0, 1].map((failures) => retryDelayMs(busy(), failures))).toEqual([500, 1_000]);
  });

  it('that is none of the API does not pass', () => {
    expect(isRetryable(new Error('a mistake in the page'))).toBe(false);
  });
});
