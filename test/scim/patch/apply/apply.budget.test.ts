import { ScimError } from '../../../../shared/scim/error';
import { applyPatch, type PatchOptions } from '../../../../shared/scim/patch/apply';
import { parsePatch } from '../../../../shared/scim/patch/parse';
import type { Attributes, Json } from '../../../../shared/scim/resource';
import { MAX_COMPARISONS, WorkBudget } from '../../../../shared/scim/work';
import { scimErrorOf } from '../../../support/scim/scim-fixtures';
import { userResourceType } from '../../../../shared/product/product';

const numbered = <T>(length: number, create: (at: number) => T): T[] =>
  Array.from({ length }, (_, at) => create(at));

const userWith = (elements: number, suffix = ''): Attributes => ({
  userName: 'ada@example.com',
  active: true,
  emails: numbered(elements, (at) => ({ value: `${at}@example.com${suffix}`, type: 'work' })),
});

const anyOf = (terms: number): string => numbered(terms, (at) => `value eq "none-${at}"`).join(' or ');

const patch = (user: Attributes, operations: Json[], options?: PatchOptions): Attributes =>
  applyPatch(userResourceType, user, parsePatch({ Operations: operations }), options);

const removals = (count: number, terms: number): Json[] =>
  numbered(count, () => ({ op: 'remove', path: `emails[${anyOf(terms)}]` }));

describe('a PATCH with filters', () => {
  it('is refused if its conditions and elements are too many, with the numbers', () => {
    expect(scimErrorOf(() => patch(userWith(196), removals(1_000, 200)))).toEqual({
      status: 400,
      scimType: 'tooMany',
      detail:
        `The PATCH needs 39200000 comparisons, and the limit is ${MAX_COMPARISONS} for one request. ` +
        'Nothing was changed. Each operation compares each condition of its filter with each value of the ' +
        'attribute, and long values count more than once. Use filters with fewer conditions, or send the ' +
        'operations in several requests.',
    });
  });

  it('is applied up to the limit', () => {
    const work = new WorkBudget(5 * 20 * 10);
    expect(patch(userWith(10), removals(5, 20), { work })).toMatchObject(userWith(10));
    expect(work.used).toBe(1_000);
  });

  it('is refused one comparison above the limit', () => {
    const work = new WorkBudget(5 * 20 * 10 - 1);
    expect(scimErrorOf(() => patch(userWith(10), removals(5, 20), { work })).scimType).toBe('tooMany');
  });

  it('shares the budget with other operations of the request', () => {
    const work = new WorkBudget(1_500);
    patch(userWith(10), removals(5, 20), { work });
    expect(scimErrorOf(() => patch(userWith(10), removals(5, 20), { work })).detail).toContain(
      'needs 2000 comparisons, and the limit is 1500',
    );
  });

  it('counts long values more than once', () => {
    const work = new WorkBudget();
    patch(userWith(2, 'x'.repeat(640)), [{ op: 'remove', path: 'emails[value eq "x"]' }], { work });
    expect(work.used).toBe(2 * 11);
  });

  it('counts the elements that an add compares', () => {
    const work = new WorkBudget();
    patch(userWith(50), [{ op: 'add', path: 'emails', value: [{ value: 'new@example.com' }] }], { work });
    expect(work.used).toBe(50);
  });

  it.each<[string, (listed: Json[]) => Json]>([
    ['a list', (listed) => listed],
    ['a list under the own name', (listed) => ({ emails: listed })],
    ['a list under the own name in a list', (listed) => [{ emails: listed }]],
    ['a list under the own name, twice', (listed) => ({ emails: [{ emails: listed }] })],
  ])('counts the forms of listed elements: %s', (_, valueOf) => {
    const work = new WorkBudget();
    const listed: Json[] = [{ value: 'a' }, { type: 'work' }, { value: 'a', type: 'work' }];
    patch(userWith(50), [{ op: 'remove', path: 'emails', value: valueOf(listed) }], { work });
    expect(work.used).toBe(3 * 50);
  });

  it('is refused whatever it may skip', () => {
    const tolerance = { onUnreadable: () => undefined, check: () => undefined };
    const operations = [...removals(10, 20), { op: 'replace', path: 'active', value: false }];
    const refused = () => patch(userWith(10), operations, { work: new WorkBudget(100), tolerance });
    expect(scimErrorOf(refused).scimType).toBe('tooMany');
  });

  it('stops between two operations when no time is left', () => {
    let operations = 0;
    const checkTime = () => {
      operations++;
      if (operations > 3) throw ScimError.unavailable('No time is left.', 1);
    };
    expect(scimErrorOf(() => patch(userWith(1), removals(10, 1), { checkTime })).status).toBe(503);
    expect(operations).toBe(4);
  });

  it('compiles and folds what is equal once', () => {
    const path = 'emails[value eq "ADA@example.com"].display';
    const user = userWith(5);
    const [first, second] = parsePatch({
      Operations: [
        { op: 'remove', path },
        { op: 'remove', path },
      ],
    });
    expect(first?.path).toBe(second?.path);
    expect(applyPatch(userResourceType, user, [first, second] as never)).toMatchObject(user);
  });
});
