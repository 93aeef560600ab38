import fc from 'fast-check';
import { DEFAULT_COUNT, MAX_COUNT, parseListQuery } from '../../shared/service/list-query';
import { errorOf } from '../scim/fixtures';

describe('parseListQuery', () => {
  it.each<[Record<string, string>, { startIndex: number; count: number }]>([
    [{}, { startIndex: 1, count: DEFAULT_COUNT }],
    [
      { startIndex: '', count: ' ' },
      { startIndex: 1, count: DEFAULT_COUNT },
    ],
    [
      { startIndex: '3', count: '7' },
      { startIndex: 3, count: 7 },
    ],
    [
      { startIndex: '0', count: '0' },
      { startIndex: 1, count: 0 },
    ],
    [
      { startIndex: '-5', count: '-1' },
      { startIndex: 1, count: 0 },
    ],
    [
      { startIndex: ' +3 ', count: '007' },
      { startIndex: 3, count: 7 },
    ],
    [{ count: '1001' }, { startIndex: 1, count: MAX_COUNT }],
    [
      { sortBy: 'userName', nonsense: 'x' },
      { startIndex: 1, count: DEFAULT_COUNT },
    ],
  ])('reads %j', (query, expected) => expect(parseListQuery(query)).toEqual(expected));

  it.each(['1.5', 'ten', '1e3', '0x10', '1 2', 'NaN', 'Infinity', '--1'])(
    'is 400 invalidValue for %p',
    (text) => {
      for (const name of ['count', 'startIndex'])
        expect(errorOf(() => parseListQuery({ [name]: text }))).toMatchObject({
          status: 400,
          scimType: 'invalidValue',
        });
    },
  );

  it('reads the filter, and refuses one that is none', () => {
    expect(parseListQuery({ filter: 'title pr' }).filter).toEqual({ kind: 'present', path: 'title' });
    expect(errorOf(() => parseListQuery({ filter: '' }))).toMatchObject({ scimType: 'invalidFilter' });
  });

  it('keeps any whole number within bounds that JSON can tell', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 400n), max: 10n ** 400n }), (number) => {
        const { startIndex, count } = parseListQuery({ startIndex: String(number), count: String(number) });
        expect(Number.isSafeInteger(startIndex) && startIndex >= 1).toBe(true);
        expect(count >= 0 && count <= MAX_COUNT).toBe(true);
      }),
    );
  });
});
