import fc from 'fast-check';
import {
  isCovered,
  mergeSpans,
  readAbandonedBatch,
  timeSpanOf,
  type SecondSpan,
} from '../../../shared/service/mail/redrive-spans';

it('a message has the time of its records, two minutes wider', () => {
  const batch = readAbandonedBatch({
    DDBStreamBatchInfo: {
      approximateArrivalOfFirstRecord: '2026-03-01T12:00:00.900Z',
      approximateArrivalOfLastRecord: '2026-03-01T12:10:00.100Z',
    },
  });
  expect(batch?.lastMs).toBe(Date.parse('2026-03-01T12:10:00.100Z'));
  expect(batch && timeSpanOf(batch.span)).toEqual({
    from: '2026-03-01T11:58:00.000Z',
    to: '2026-03-01T12:12:01.000Z',
  });
});

it.each([undefined, null, 'hello', {}, { DDBStreamBatchInfo: {} }, { DDBStreamBatchInfo: 'x' }])(
  'the message %j is malformed',
  (body) => {
    expect(readAbandonedBatch(body)).toBeUndefined();
  },
);

describe('merged spans', () => {
  it('overlap nowhere, and those with the smallest gaps become one if they are too many', () => {
    const spans: SecondSpan[] = [
      [50, 60],
      [0, 10],
      [5, 12],
      [20, 30],
      [33, 40],
    ];
    expect(mergeSpans(spans)).toEqual([
      [0, 12],
      [20, 30],
      [33, 40],
      [50, 60],
    ]);
    expect(mergeSpans(spans, 3)).toEqual([
      [0, 12],
      [20, 40],
      [50, 60],
    ]);
    expect(mergeSpans(spans, 1)).toEqual([[0, 60]]);
  });

  it('contain all spans, in order, and are few', () => {
    const span = fc
      .tuple(fc.nat(10_000), fc.nat(300))
      .map(([from, length]): SecondSpan => [from, from + length]);
    fc.assert(
      fc.property(fc.array(span, { maxLength: 80 }), fc.integer({ min: 1, max: 20 }), (spans, max) => {
        const merged = mergeSpans(spans, max);
        expect(merged.length).toBeLessThanOrEqual(max);
        for (const each of spans) expect(isCovered(each, merged)).toBe(true);
        for (const [at, [from]] of merged.entries()) expect(from).toBeGreaterThan(merged[at - 1]?.[1] ?? -1);
      }),
    );
  });
});
