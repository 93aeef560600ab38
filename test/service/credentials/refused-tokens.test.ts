import { RefusedTokens } from '../../../shared/service/credentials/refused-tokens';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const afterMs = (ms: number) => new Date(NOW.getTime() + ms);

describe('a refused token', () => {
  it('is remembered for five minutes', () => {
    const refused = new RefusedTokens();
    expect(refused.has('token', NOW)).toBe(false);
    refused.add('token', NOW);
    expect(refused.has('token', afterMs(299_999))).toBe(true);
    expect(refused.has('token', afterMs(300_000))).toBe(false);
    expect(refused.has('another', NOW)).toBe(false);
  });

  it('is forgotten after a thousand others', () => {
    const refused = new RefusedTokens();
    for (let at = 0; at <= 1_000; at++) refused.add(`token-${at}`, NOW);
    expect(refused.has('token-0', NOW)).toBe(false);
    expect(refused.has('token-1', NOW)).toBe(true);
    expect(refused.has('token-1000', NOW)).toBe(true);
  });
});
