import { listResponse } from '../../../shared/scim/output/list-response';
import { LIST_RESPONSE } from '../../../shared/scim/urns';

describe('listResponse', () => {
  it('counts the resources of the page and gives its position', () => {
    expect(listResponse([{ id: 'a' }, { id: 'b' }], { totalResults: 12, startIndex: 5 })).toEqual({
      schemas: [LIST_RESPONSE],
      totalResults: 12,
      startIndex: 5,
      itemsPerPage: 2,
      Resources: [{ id: 'a' }, { id: 'b' }],
    });
  });

  it('is the whole list by default', () => {
    expect(listResponse([{ id: 'a' }])).toMatchObject({ totalResults: 1, startIndex: 1, itemsPerPage: 1 });
  });

  it('has Resources even if they are empty', () => {
    expect(listResponse([], { totalResults: 3, startIndex: 4 })).toEqual({
      schemas: [LIST_RESPONSE],
      totalResults: 3,
      startIndex: 4,
      itemsPerPage: 0,
      Resources: [],
    });
  });

  it('omits startIndex and an unknown total for cursor paging', () => {
    expect(listResponse([{ id: 'a' }], { nextCursor: 'x' })).toEqual({
      schemas: [LIST_RESPONSE],
      itemsPerPage: 1,
      nextCursor: 'x',
      Resources: [{ id: 'a' }],
    });
    expect(listResponse([], { totalResults: 1 })).not.toHaveProperty('nextCursor');
  });
});
