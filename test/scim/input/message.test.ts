import { checkMessage, member } from '../../../shared/scim/input/message';
import type { Attributes } from '../../../shared/scim/resource';
import { BULK_REQUEST, SEARCH_REQUEST } from '../../../shared/scim/urns';

describe('a request message', () => {
  it('has members in any case, and none of the prototype', () => {
    expect(member({ OPERATIONS: [1] }, 'Operations')).toEqual([1]);
    expect(member({ op: 'add' }, 'path')).toBeUndefined();
    expect(member({}, 'constructor')).toBeUndefined();
  });

  it.each<Attributes>([
    {},
    { schemas: null },
    { Schemas: [BULK_REQUEST.toUpperCase()] },
    { schemas: BULK_REQUEST },
  ])('may omit its schemas or have them in any case: %j', (message) => {
    expect(() => checkMessage(message, BULK_REQUEST)).not.toThrow();
  });

  it.each<Attributes>([{ schemas: [] }, { schemas: [SEARCH_REQUEST] }, { schemas: '' }, { schemas: [7] }])(
    'is rejected if it has other schemas: %j',
    (message) => {
      expect(() => checkMessage(message, BULK_REQUEST)).toThrow(
        /^The request was rejected because its schemas do not match/,
      );
    },
  );
});
