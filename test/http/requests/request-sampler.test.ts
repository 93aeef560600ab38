import { RequestSampler } from '../../../shared/http/requests/request-sampler';
import type { RequestOutcome } from '../../../shared/store/requests/request-record';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const HOUR_MS = 3_600_000;

let sampler: RequestSampler;
beforeEach(() => {
  sampler = new RequestSampler();
});

/** Sends this many requests of one kind, and returns how many each record stands for. */
const send = (requests: number, outcome: RequestOutcome, { domainId = 'd', kind = '400', now = NOW } = {}) =>
  Array.from({ length: requests }).flatMap(() => {
    const sample = sampler.take(domainId, outcome, kind, now);
    return sample ? [1 + sample.others] : [];
  });

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe('the sampler of requests', () => {
  it('chooses the first 100 refused and the first 20 accepted requests of a kind', () => {
    expect(send(100, 'refused')).toEqual(Array.from({ length: 100 }, () => 1));
    expect(send(20, 'accepted')).toEqual(Array.from({ length: 20 }, () => 1));
    expect(send(3, 'accepted')).toEqual([2]);
  });

  it.each(['accepted', 'refused'] as const)(
    'writes few records of a flood of %s requests, and counts at least 95 %% of them',
    (outcome) => {
      const records = send(50_000, outcome);
      expect(records.length).toBeLessThan(1_100);
      expect(sum(records)).toBeGreaterThan(47_500);
      expect(sum(records)).toBeLessThanOrEqual(50_000);
    },
  );

  it('chooses again in the next hour, and then counts the rest of the previous one', () => {
    const first = sum(send(1_000, 'accepted'));
    const [next] = send(1, 'accepted', { now: NOW + HOUR_MS });
    expect(next).toBe(1_000 - first + 1);
    expect(send(19, 'accepted', { now: NOW + HOUR_MS })).toHaveLength(19);
  });

  it('gives each domain and each kind its own samples', () => {
    send(10_000, 'refused', { kind: '429' });
    expect(send(5, 'refused', { kind: '409' })).toHaveLength(5);
    expect(send(5, 'refused', { domainId: 'other', kind: '429' })).toHaveLength(5);
  });

  it('keeps the samples of thousands of domains that take turns', () => {
    const rounds = 100;
    let records = 0;
    for (let round = 0; round < rounds; round++)
      for (let domain = 0; domain < 2_000; domain++)
        records += send(1, 'accepted', { domainId: `domain ${domain}` }).length;
    expect(records / 2_000).toBeLessThanOrEqual(rounds / 2);
  });

  it('counts a request whose record was not written with the next record', () => {
    sampler.take('d', 'refused', '400', NOW)?.giveBack();
    expect(send(1, 'refused')).toEqual([2]);
  });
});
