import fc from 'fast-check';
import {
  DEFAULT_COUNT,
  MAX_COUNT,
  parseListQuery,
  type IndexPaging,
} from '../../../shared/service/listing/list-query';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

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
      { sortOrder: 'sideways', nonsense: 'x' },
      { startIndex: 1, count: DEFAULT_COUNT },
    ],
  ])('reads %j', (query, expected) => expect(parseListQuery(query)).toEqual(expected));

  it.each(['1.5', 'ten', '1e3', '0x10', '1 2', 'NaN', 'Infinity', '--1'])(
    'is 400 invalidValue for %p',
    (text) => {
      for (const name of ['count', 'startIndex'])
        expect(scimErrorOf(() => parseListQuery({ [name]: text }))).toMatchObject({
          status: 400,
          scimType: 'invalidValue',
        });
    },
  );

  it('reads the filter, and refuses an empty one', () => {
    expect(parseListQuery({ filter: 'title pr' }).filter).toEqual({ kind: 'present', path: 'title' });
    expect(scimErrorOf(() => parseListQuery({ filter: '' }))).toMatchObject({ scimType: 'invalidFilter' });
  });

  it('limits any whole number to a safe range', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 400n), max: 10n ** 400n }), (number) => {
        const text = String(number);
        const { startIndex, count } = parseListQuery({ startIndex: text, count: text }) as IndexPaging;
        expect(Number.isSafeInteger(startIndex) && startIndex >= 1).toBe(true);
        expect(count >= 0 && count <= MAX_COUNT).toBe(true);
      }),
    );
  });

  it.each<[Record<string, string>, { path: string; descending: boolean } | undefined]>([
    [{ sortBy: 'userName' }, { path: 'userName', descending: false }],
    [
      { sortBy: ' name.familyName ', sortOrder: '' },
      { path: 'name.familyName', descending: false },
    ],
    [
      { sortBy: 'id', sortOrder: 'ASCENDING' },
      { path: 'id', descending: false },
    ],
    [
      { sortBy: 'id', sortOrder: 'Descending' },
      { path: 'id', descending: true },
    ],
    [{ sortBy: ' ', sortOrder: 'descending' }, undefined],
  ])('sorts by %j', (query, expected) => expect(parseListQuery(query).sort).toEqual(expected));

  it('is 400 invalidValue for an unknown sortOrder', () => {
    expect(scimErrorOf(() => parseListQuery({ sortBy: 'id', sortOrder: 'down' }))).toMatchObject({
      status: 400,
      scimType: 'invalidValue',
      detail: expect.stringContaining('"down"') as string,
    });
  });

  it.each<[Record<string, string>, { cursor: string; count: number }]>([
    [{ cursor: '' }, { cursor: '', count: DEFAULT_COUNT }],
    [
      { cursor: 'x', count: '7', startIndex: ' ' },
      { cursor: 'x', count: 7 },
    ],
    [
      { cursor: 'x', count: '5000' },
      { cursor: 'x', count: MAX_COUNT },
    ],
  ])('pages by cursor: %j', (query, expected) => expect(parseListQuery(query)).toEqual(expected));

  it.each(['0', '-1'])('is 400 invalidCount for a count of %s with a cursor', (count) => {
    expect(scimErrorOf(() => parseListQuery({ cursor: '', count }))).toMatchObject({
      status: 400,
      scimType: 'invalidCount',
    });
  });

  it('is 400 invalidValue for a cursor and a startIndex together', () => {
    expect(scimErrorOf(() => parseListQuery({ cursor: '', startIndex: '1' }))).toMatchObject({
      status: 400,
      scimType: 'invalidValue',
    });
  });
});
