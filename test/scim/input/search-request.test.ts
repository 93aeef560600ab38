import type { Json } from '../../../shared/scim/resource';
import { canonicalParameters, searchQuery } from '../../../shared/scim/input/search-request';
import { PATCH_OP, SEARCH_REQUEST } from '../../../shared/scim/urns';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

describe('searchQuery', () => {
  it('returns the query parameters of the same names', () => {
    expect(
      searchQuery({
        schemas: [SEARCH_REQUEST],
        attributes: ['userName', 'name.familyName'],
        excludedAttributes: ['emails'],
        filter: 'title pr',
        sortBy: 'userName',
        sortOrder: 'descending',
        startIndex: 11,
        count: 10,
        cursor: '',
      }),
    ).toEqual({
      attributes: 'userName,name.familyName',
      excludedAttributes: 'emails',
      filter: 'title pr',
      sortBy: 'userName',
      sortOrder: 'descending',
      startIndex: '11',
      count: '10',
      cursor: '',
    });
  });

  it.each<[Json, Record<string, string>]>([
    [{}, {}],
    [{ SCHEMAS: [SEARCH_REQUEST.toUpperCase()], FILTER: 'title pr' }, { filter: 'title pr' }],
    [{ schemas: SEARCH_REQUEST, startindex: '3' }, { startIndex: '3' }],
    [
      { attributes: 'userName, id', count: -1 },
      { attributes: 'userName, id', count: '-1' },
    ],
    [{ attributes: [], filter: null, schemas: null }, { attributes: '' }],
    [{ count: 1e21 }, { count: '1000000000000000000000' }],
    [{ color: 'red' }, {}],
  ])('reads %j as %j', (body, query) => expect(searchQuery(body)).toEqual(query));

  it.each<[string, Json]>([
    ['attributes', { attributes: [1] }],
    ['attributes', { attributes: { userName: true } }],
    ['excludedAttributes', { excludedAttributes: true }],
    ['filter', { filter: ['title pr'] }],
    ['sortBy', { sortBy: 1 }],
    ['sortOrder', { sortOrder: true }],
    ['startIndex', { startIndex: 1.5 }],
    ['count', { count: true }],
    ['count', { count: [10] }],
    ['cursor', { cursor: 1 }],
  ])('throws invalidValue if %s has the wrong type: %j', (name, body) => {
    expect(scimErrorOf(() => searchQuery(body))).toMatchObject({
      status: 400,
      scimType: 'invalidValue',
      detail: expect.stringContaining(`The value of ${name} is not valid because it is not`) as string,
    });
  });

  it.each<[Json]>([[{ schemas: [PATCH_OP] }], [{ schemas: [] }], [{ schemas: [7] }], [[]]])(
    'throws invalidSyntax for a body that is not a search request: %j',
    (body) => {
      expect(scimErrorOf(() => searchQuery(body))).toMatchObject({ status: 400, scimType: 'invalidSyntax' });
    },
  );
});

describe('canonicalParameters', () => {
  it('returns known names in the spelling of the RFC, and others unchanged', () =>
    expect(
      canonicalParameters({ startindex: '3', FILTER: 'a', ExcludedAttributes: 'b', aadOptscim062020: '' }),
    ).toMatchObject({ startIndex: '3', filter: 'a', excludedAttributes: 'b', aadOptscim062020: '' }));

  it('prefers the spelling of the RFC, whatever the order', () => {
    expect(canonicalParameters({ Count: '1', count: '2' })).toMatchObject({ count: '2' });
    expect(canonicalParameters({ count: '2', Count: '1' })).toMatchObject({ count: '2' });
  });

  it('keeps names that are no names of parameters', () =>
    expect(canonicalParameters({ constructor: 'x' })).toEqual({ constructor: 'x' }));
});
