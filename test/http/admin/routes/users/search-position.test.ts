import fc from 'fast-check';
import { searchPositions } from '../../../../../shared/http/admin/routes/users/user-routes';
import { isKeyText } from '../../../../../shared/store/table/keys';
import { codePoint } from '../../../../support/arbitraries/code-point';

const id = '01a20e8d-b2e3-731a-bea5-fe24a216407c';
const accepts = (text: string | undefined, position: unknown) =>
  searchPositions(text).safeParse(position).success;

describe('a position in a search', () => {
  it.each([{ in: 'names', id, nameKey: 'ann@example.com' }, { in: 'licenses', id }, { in: 'licenses' }])(
    'is accepted: %j',
    (position) => expect(accepts('ANN', position)).toBe(true),
  );

  it('is accepted among the keys of a previous version', () => {
    expect(accepts('ＡＮＮ', { in: 'names', id, nameKey: 'ann@example.com' })).toBe(true);
    expect(accepts('ＡＮＮ', { in: 'names', id, nameKey: 'ａｎｎ@example.com' })).toBe(true);
    expect(accepts('ann', { in: 'names', id, nameKey: 'ａｎｎ@example.com' })).toBe(false);
  });

  it.each([
    ['from another search', { in: 'names', id, nameKey: 'bob@example.com' }],
    ['from the list of all users', { in: 'ids', id }],
    ['if it is longer than a key', { in: 'names', id, nameKey: `ann${'€'.repeat(400)}` }],
    ['with half of a surrogate pair', { in: 'names', id, nameKey: 'ann\ud800' }],
    ['without an id', { in: 'names', nameKey: 'ann' }],
    ['with an invalid id', { in: 'licenses', id: 'x' }],
    ['if it is null', null],
  ])('is refused %s', (_, position) => expect(accepts('ann', position)).toBe(false));

  it('is always a valid key of the table', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint }), fc.string({ unit: codePoint }), (text, rest) => {
        const nameKey = text.toLowerCase() + rest;
        fc.pre(text !== '' && accepts(text, { in: 'names', id, nameKey }));
        expect(isKeyText(nameKey)).toBe(true);
      }),
    );
  });
});

describe('a position in the list of all users', () => {
  it('is an id', () => {
    expect(accepts(undefined, { in: 'ids', id })).toBe(true);
    expect(accepts('', { in: 'names', id, nameKey: 'ann' })).toBe(false);
    expect(accepts(undefined, { in: 'ids', id: '' })).toBe(false);
  });
});
