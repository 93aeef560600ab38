import { compileFilter } from '../../shared/scim/filter/match';
import { parseFilter } from '../../shared/scim/filter/parse';
import { planFilter } from '../../shared/scim/filter/plan';
import type { Attributes } from '../../shared/scim/resource';
import { WorkBudget } from '../../shared/scim/work';
import { anyOf, numbered, unwatched, userWithEmails, type WorstCase } from './worst-case';
import { userResourceType } from '../../shared/product/product';

const LONG = 8_000;
const PART = 4_000;

const filterOver =
  (filter: string, resource: (index: number) => Attributes): WorstCase['prepare'] =>
  (size, watch = unwatched, work = new WorkBudget()) => {
    const resources = watch(numbered(size, resource));
    return () => {
      const matches = compileFilter(parseFilter(filter), userResourceType, work);
      return resources.filter(matches).length;
    };
  };

const nested = (depth: number, filter: string): string =>
  depth === 0 ? filter : `not (${nested(depth - 1, filter)})`;

/** The forms of filters. */
export const FILTER_CASES: readonly WorstCase[] = [
  {
    name: 'filter: 200 conditions in 30 levels of not, over users',
    size: 500,
    prepare: filterOver(nested(30, anyOf(200, 'userName')), (at) => ({ userName: `user${at}@example.com` })),
  },
  {
    name: 'filter: 20 conditions on 20 elements, over users',
    size: 500,
    prepare: filterOver(anyOf(20, 'emails.value'), () => userWithEmails(20)),
  },
  {
    name: 'filter: co with 4,000 characters, over values of 8,000 characters',
    size: 50,
    prepare: filterOver(`title co "b${'a'.repeat(PART)}"`, () => ({ title: 'a'.repeat(LONG) })),
  },
  {
    name: 'filter: gt over long values that differ at the end',
    size: 50,
    prepare: filterOver(`title gt "${'a'.repeat(LONG)}"`, (at) => ({ title: `${'a'.repeat(LONG)}${at}` })),
  },
  {
    name: 'filter: parsing and planning, by conditions',
    size: 50,
    prepare: (size) => {
      const filter = anyOf(size, 'id', 'x'.repeat(20));
      return () => planFilter(parseFilter(filter), userResourceType);
    },
  },
];
