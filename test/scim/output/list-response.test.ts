import { listResponse } from '../../../shared/scim/output/list-response';
import { LIST_RESPONSE } from '../../../shared/scim/urns';

describe('listResponse', () => {
  it('counts the page, and tells of the list that it is of', () => {
    expect(listResponse([{ id: 'a' }, { id: 'b' }], { totalResults: 12, startIndex: 5 })).toEqual({
      schemas: [LIST_RESPONSE],
      totalResults: 12,
      startIndex: 5,
      itemsPerPage: 2,
      Resources: [{ id: 'a' }, { id: 'b' }],
    });
  });

  it('is the whole list where nothing else is said', () => {
    expect(listResponse([{ id: 'a' }])).toMatchObject({ totalResults: 1, startIndex: 1, itemsPerPage: 1 });
  });

  it('has Resources when there are none', () => {
    expect(listResponse([], { totalResults: 3, startIndex: 4 })).toEqual({
      schemas: [LIST_RESPONSE],
      totalResults: 3,
      startIndex: 4,
      itemsPerPage: 0,
      Resources: [],
    });
  });

  it('by cursor has neither a startIndex nor a total that nobody knows', () => {
    expect(listResponse([{ id: 'a' }], { nextCursor: 'x' })).toEqual({
      schemas: [LIST_RESPONSE],
      itemsPerPage: 1,
      nextCursor: 'x',
      Resources: [{ id: 'a' }],
    });
    expect(listResponse([], { totalResults: 1 })).not.toHaveProperty('nextCursor');
  });
});
