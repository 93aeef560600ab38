import * as fc from 'fast-check';
import type { ComparisonOperator, ComparisonValue, Filter } from '../../../shared/scim/filter/ast';
import type { Attributes } from '../../../shared/scim/resource';
import { and, comparison, not, or, present, valuePath } from './filter-builders';
import { codePoint } from '../../support/arbitraries/code-point';

const OPERATORS: readonly ComparisonOperator[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];

/** Generates filter trees of terms, up to the given depth. */
function filterTrees(term: fc.Arbitrary<Filter>, maxDepth: number): fc.Arbitrary<Filter> {
  return fc.letrec<{ tree: Filter }>((tie) => {
    const operands = fc.array(tie('tree'), { minLength: 2, maxLength: 4 });
    return {
      tree: fc.oneof(
        { maxDepth, depthSize: 'small' },
        term,
        operands.map((filters) => and(...filters)),
        operands.map((filters) => or(...filters)),
        tie('tree').map(not),
      ),
    };
  }).tree;
}

const name = fc.stringMatching(/^[A-Za-z][\w-]{0,8}$/).filter((text) => !/^(?:and|or|not|urn)$/i.test(text));
const path = fc.oneof(
  name,
  fc.constant('$ref'),
  fc.tuple(name, name).map(([first, second]) => `${first}.${second}`),
  name.map((last) => `urn:ietf:params:scim:schemas:core:2.0:User:${last}`),
);
const value: fc.Arbitrary<ComparisonValue> = fc.oneof(
  fc.string({ unit: codePoint }),
  fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }), // lone surrogates, too
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.constantFrom(true, false, null),
);
const plainTerm = fc.oneof(
  path.map(present),
  fc.tuple(path, fc.constantFrom(...OPERATORS), value).map((parts) => comparison(...parts)),
);

/** Any filter that the grammar allows. */
export const anyFilter: fc.Arbitrary<Filter> = filterTrees(
  fc.oneof(
    { weight: 3, arbitrary: plainTerm },
    { weight: 1, arbitrary: fc.tuple(path, filterTrees(plainTerm, 3)).map((parts) => valuePath(...parts)) },
  ),
  4,
);

/** A few similar texts, so that filters often match resources. */
const text = fc.constantFrom(
  ...['a', 'A', 'ab', 'é', '\ufffd', '😀', ''],
  // Other spellings of these, and texts of which no key is left.
  ...['Ａ', ' a\t', 'e\u0301', 'a\u00ad', '\u00ad', ' ', 'İ'],
);
const textTerm = (paths: readonly string[]): fc.Arbitrary<Filter> =>
  fc
    .tuple(
      fc.constantFrom(...paths),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant<ComparisonOperator>('eq') },
        { weight: 2, arbitrary: fc.constantFrom(...OPERATORS) },
      ),
      text,
    )
    .map((parts) => comparison(...parts));
const anyTerm = (paths: readonly string[]): fc.Arbitrary<Filter> =>
  fc.oneof(
    { weight: 6, arbitrary: textTerm(paths) },
    { weight: 1, arbitrary: fc.constantFrom(...paths).map(present) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...paths), fc.constantFrom<ComparisonOperator>('eq', 'ne'))
        .map(([of, operator]) => comparison(of, operator, null)),
    },
  );
/** A filter in the brackets after `emails`, `groups`, or `members`. */
export const elementFilter = filterTrees(anyTerm(['value', 'type', 'display', 'shoeSize']), 2);

const filtersOn = (paths: readonly string[], complex: readonly string[]): fc.Arbitrary<Filter> =>
  filterTrees(
    fc.oneof(
      { weight: 4, arbitrary: anyTerm(paths) },
      {
        weight: 1,
        arbitrary: fc.tuple(fc.constantFrom(...complex), elementFilter).map((parts) => valuePath(...parts)),
      },
    ),
    3,
  );

/** Filters on attributes of users, and on attributes that users do not have. */
export const userFilter = filtersOn(
  [
    'id',
    'userName',
    'USERNAME',
    'displayName',
    'externalId',
    'groups',
    'groups.value',
    'emails.type',
    'emails.value',
    'email',
    'shoeSize',
  ],
  ['groups', 'emails', 'shoeSize'],
);

export const groupFilter = filtersOn(
  ['id', 'displayName', 'externalId', 'members', 'members.value', 'members.display', 'userName'],
  ['members'],
);

/** An attribute that each resource has. */
const assigned = text.filter((each) => each !== '');
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });
const elements = fc.array(fc.record({ value: text, type: optional(text), display: text }), { maxLength: 3 });

export const someUser: fc.Arbitrary<Attributes> = fc.record({
  id: assigned,
  userName: assigned,
  displayName: optional(text),
  externalId: optional(text),
  groups: elements,
  emails: elements,
});

export const someGroup: fc.Arbitrary<Attributes> = fc.record({
  id: assigned,
  displayName: assigned,
  externalId: optional(text),
  members: elements,
});
