import {
  cursorOf,
  ID_POSITION,
  limitOf,
  pageBody,
  PAGING,
  positionIn,
} from '../../../shared/http/admin/paging';
import { validate, fields } from '../../../shared/http/admin/fields';

const ID = '01890000-0000-7000-8000-00000000000a';

describe('a page', () => {
  it('has a cursor that contains the position of the next page', () => {
    const body = pageBody({ items: [1], next: ID }) as { items: number[]; next: string };
    expect(body.items).toEqual([1]);
    expect(positionIn(ID_POSITION, body.next)).toBe(ID);
  });

  it('has no cursor at the end', () => {
    expect(pageBody({ items: [] })).toEqual({ items: [] });
  });

  it.each(['abc', '', cursorOf(7), cursorOf({ id: ID }), cursorOf('x'.repeat(36)), cursorOf(`${ID}0`)])(
    'refuses the cursor %j',
    (cursor) => {
      expect(() => positionIn(ID_POSITION, cursor)).toThrow('does not belong to this list');
    },
  );

  it('has 25 items by default and at most 100', () => {
    const limit = (query: Record<string, string>) => limitOf(validate(fields(PAGING), query, 'query'));
    expect(limit({})).toBe(25);
    expect([1, 99, 100].map((number) => limit({ limit: String(number) }))).toEqual([1, 99, 100]);
    for (const wrong of ['0', '101', '-1', '1.5', 'x', '', '007'])
      expect(() => limit({ limit: wrong })).toThrow('from 1 to 100');
  });
});
