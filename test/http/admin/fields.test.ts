import * as z from 'zod/mini';
import { NEW_SCIM_KEY } from '../../../shared/http/admin/routes/connections/connection-bodies';
import { DOMAIN_CHANGE } from '../../../shared/http/admin/routes/domains/domain-bodies';
import { validate, fields } from '../../../shared/http/admin/fields';

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

describe('validate', () => {
  it('returns a valid value', () => {
    expect(validate(FIELDS, { name: 'a', count: 1 }, 'body')).toEqual({ name: 'a', count: 1 });
    expect(validate(FIELDS, { name: 'a' }, 'body')).toEqual({ name: 'a' });
  });

  it('describes each invalid member', () => {
    expect(detailOf(() => validate(FIELDS, { count: 'many' }, 'body'))).toBe(
      '"name" must be a text. "count" must be a whole number.',
    );
  });

  it('names an unknown member and the known ones', () => {
    expect(detailOf(() => validate(FIELDS, { name: 'a', nmae: 1 }, 'body'))).toBe(
      'The body has no "nmae". There are name, count.',
    );
    expect(detailOf(() => validate(fields({}), { a: '1' }, 'query'))).toBe(
      'The query has no "a". There are none.',
    );
  });
});

describe('validate, for a list of objects', () => {
  const LIST = fields({ items: [z.array(z.strictObject({ kind: z.enum(['a', 'b']) })), 'a list of kinds'] });
  const detail = (items: unknown) => detailOf(() => validate(LIST, { items }, 'body'));

  it('names the place of an invalid part', () => {
    expect(detail([{ kind: 'a' }, { kind: 'c' }])).toBe(
      '"items[1].kind" is not valid. "items" must be a list of kinds.',
    );
    expect(detail([{ kind: 'a', color: 'red' }])).toBe('"items[0]" has no "color".');
    expect(detail('a')).toBe('"items" must be a list of kinds.');
  });

  it('names at most ten parts', () => {
    expect(detail(Array.from({ length: 500 }, () => ({})))).toMatch(
      /^("items\[\d\]\.kind" [^"]+"items" [^"]+){10}$/,
    );
  });
});

describe('the schema', () => {
  it.each([
    { seats: '1' },
    { ratePlan: 'gold' },
    { seatPolicy: 'queue' },
    { scimEnabled: 'yes' },
    { name: 5 },
    { mailDelayMinutes: '5' },
    { notifyAddresses: 'it@example.com' },
    { notifyAddresses: [5] },
    { notifyAddresses: null },
  ])('of a change refuses %j', (body) => {
    expect(detailOf(() => validate(DOMAIN_CHANGE, body, 'body'))).toContain(
      `"${Object.keys(body)[0]}" must be`,
    );
  });

  it.each([{}, { seats: null }, { seats: 0 }, { seatPolicy: 'wait', mailDelayMinutes: 10_080 }])(
    'of a change accepts %j',
    (body) => {
      expect(validate(DOMAIN_CHANGE, body, 'body')).toEqual(body);
    },
  );

  it.each([{ name: 5 }, { expireTime: 5 }])('of a key refuse %j', (body) => {
    expect(detailOf(() => validate(NEW_SCIM_KEY, { name: 'x', ...body }, 'body'))).toContain(
      `"${Object.keys(body)[0]}" must be`,
    );
  });
});
