import * as z from 'zod/mini';
import { DOMAIN_CHANGE, NEW_SCIM_KEY } from '../../../shared/http/admin/bodies';
import { checked, fields } from '../../../shared/http/admin/fields';

const FIELDS = fields({
  name: [z.string(), 'a text'],
  count: [z.optional(z.int()), 'a whole number'],
});

const detailOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as { detail: string }).detail;
  }
  return '';
};

describe('checked', () => {
  it('gives what fits', () => {
    expect(checked(FIELDS, { name: 'a', count: 1 }, 'body')).toEqual({ name: 'a', count: 1 });
    expect(checked(FIELDS, { name: 'a' }, 'body')).toEqual({ name: 'a' });
  });

  it('says of each member that is wrong what it must be', () => {
    expect(detailOf(() => checked(FIELDS, { count: 'many' }, 'body'))).toBe(
      '"name" must be a text. "count" must be a whole number.',
    );
  });

  it('names a member that there is not, and those that there are', () => {
    expect(detailOf(() => checked(FIELDS, { name: 'a', nmae: 1 }, 'body'))).toBe(
      'The body has no "nmae". There are name, count.',
    );
    expect(detailOf(() => checked(fields({}), { a: '1' }, 'query'))).toBe(
      'The query has no "a". There are none.',
    );
  });
});

describe('the bodies', () => {
  it.each([
    { seats: -1 },
    { seats: 1.5 },
    { seats: 100_000_001 },
    { ratePlan: 'gold' },
    { scimEnabled: 'yes' },
    { name: '' },
    { name: 'x'.repeat(101) },
    { mailDelayMinutes: '5' },
  ])('of a change refuse %j', (body) => {
    expect(detailOf(() => checked(DOMAIN_CHANGE, body, 'body'))).toContain(
      `"${Object.keys(body)[0]}" must be`,
    );
  });

  it.each([{}, { seats: null }, { seats: 0 }, { seatPolicy: 'wait', mailDelayMinutes: 10_080 }])(
    'of a change take %j',
    (body) => {
      expect(checked(DOMAIN_CHANGE, body, 'body')).toEqual(body);
    },
  );

  it('of a key take a time with any offset, and no date', () => {
    const key = (expireTime: string) => checked(NEW_SCIM_KEY, { name: 'x', expireTime }, 'body');
    expect(key('2030-01-01T00:00:00+05:30')).toBeDefined();
    expect(() => key('2030-01-01')).toThrow();
  });
});
