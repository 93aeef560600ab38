import fc from 'fast-check';
import type { Term, Value } from './filter';
import type {
  Change,
  Email,
  GroupBody,
  GroupChange,
  MemberInput,
  Operation,
  UserBody,
  UserChange,
} from './operations';

// There are few values, so that names conflict, members exist, and filters match.
const ordinal = fc.nat({ max: 3 });
const recordOf = <T extends object>(
  shape: { [K in keyof T]: fc.Arbitrary<T[K]> },
  ...requiredKeys: (keyof T)[]
) => fc.record<T, keyof T>(shape, { requiredKeys });

const userName = fc.constantFrom(
  'ada@example.com',
  'Ada@Example.com',
  'Ａda@example.com',
  'bob@example.com',
  'eve@example.com',
  'cleo',
);
const title = fc.constantFrom('Boss', 'boss', 'Clerk');
const externalId = fc.constantFrom('e1', 'E1', 'e2');
const active = fc.constantFrom<boolean | string>(true, false, 'False', 'True');
const emails = fc.constantFrom<readonly Email[]>(
  [],
  [{ value: 'a@example.com' }],
  [
    { value: 'h@example.com', type: 'home' },
    { value: 'w@example.com', type: 'work' },
  ],
  [
    { value: 'x@example.com', primary: true },
    { value: 'y@example.com', type: 'work', primary: true },
  ],
  [{ value: 'nowhere' }],
  [{ value: 'bob@example.com', type: 'work', primary: true }],
);
const ordinals = fc.uniqueArray(ordinal, { maxLength: 3 });

const userBody = recordOf<UserBody>(
  { userName, externalId, title, active, emails, groups: ordinals },
  'userName',
) as fc.Arbitrary<UserBody>;
const anyUserBody = fc.oneof(
  { weight: 9, arbitrary: userBody },
  fc.constant<UserBody>({ title: 'Nameless' }),
);

const member: fc.Arbitrary<MemberInput> = fc.oneof(
  recordOf<MemberInput>(
    { user: ordinal, form: fc.constant('object' as const), display: fc.constantFrom('D1', 'D2') },
    'user',
    'form',
  ) as fc.Arbitrary<MemberInput>,
  fc.record({ user: ordinal, form: fc.constant('text' as const) }),
);
const members = fc.uniqueArray(member, { maxLength: 4, selector: ({ user }) => user });
const displayName = fc.constantFrom('Team', 'TEAM', ' Ｔeam', 'Crew', 'Board');
const groupBody = recordOf<GroupBody>(
  { displayName, externalId, members },
  'displayName',
) as fc.Arbitrary<GroupBody>;
const anyGroupBody = fc.oneof(
  { weight: 9, arbitrary: groupBody },
  fc.constant<GroupBody>({ externalId: 'e1' }),
);

const setChange = (attribute: string, values: fc.Arbitrary<string | boolean | null>): fc.Arbitrary<Change> =>
  fc.record({
    kind: fc.constant('set' as const),
    attribute: fc.constant(attribute),
    value: values,
    pathless: fc.boolean(),
  });
const unsetChange = (...attributes: string[]): fc.Arbitrary<Change> =>
  fc.record({ kind: fc.constant('unset' as const), attribute: fc.constantFrom(...attributes) });
const membershipOp = fc.constantFrom('add', 'remove', 'replace', 'removeAll');

const userChange = fc.oneof(
  { weight: 3, arbitrary: setChange('active', active) },
  setChange('userName', userName),
  setChange('title', fc.option(title)),
  setChange('externalId', fc.option(externalId)),
  unsetChange('active', 'title', 'externalId', 'emails', 'userName'),
  fc.record({ kind: fc.constant('emails' as const), emails }),
  fc.record({
    kind: fc.constant('workEmail' as const),
    value: fc.constantFrom('w@example.com', 'v@example.com'),
  }),
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('groups' as const), op: membershipOp, groups: ordinals }),
  },
) as fc.Arbitrary<UserChange>;

const groupChange = fc.oneof(
  setChange('displayName', displayName),
  setChange('externalId', fc.option(externalId)),
  unsetChange('externalId', 'displayName'),
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('members' as const),
      op: membershipOp,
      form: fc.constantFrom('array', 'selected', 'pathless'),
      members: fc.uniqueArray(member, { minLength: 1, maxLength: 4, selector: ({ user }) => user }),
    }),
  },
) as fc.Arbitrary<GroupChange>;

const comparisonTerm = (
  attribute: string,
  values: fc.Arbitrary<Value>,
  ...ops: string[]
): fc.Arbitrary<Term> =>
  fc.record({
    kind: fc.constant('compare' as const),
    attribute: fc.constant(attribute),
    op: fc.constantFrom('eq', ...ops),
    value: values,
  });
const presenceTerm = (...attributes: string[]): fc.Arbitrary<Term> =>
  fc.record({ kind: fc.constant('present' as const), attribute: fc.constantFrom(...attributes) });
const user = ordinal.map((at): Value => ({ type: 'user', at }));
const group = ordinal.map((at): Value => ({ type: 'group', at }));

const userTerm = fc.oneof(
  comparisonTerm('userName', fc.oneof(userName, fc.constantFrom('a', 'B', '@example')), 'ne', 'sw', 'co'),
  comparisonTerm('externalId', externalId, 'ne', 'sw'),
  comparisonTerm('title', fc.constantFrom('boss', 'B', 'k'), 'ne', 'sw', 'co'),
  comparisonTerm('active', fc.boolean(), 'ne'),
  comparisonTerm('groups.value', group),
  comparisonTerm('id', user, 'ne'),
  comparisonTerm('emails.value', fc.constantFrom('a@example.com', 'w@Example.com', 'w', 'x'), 'sw', 'co'),
  comparisonTerm('email', fc.constantFrom('A@example.com', 'h@example.com', 'y@example.com', 'nowhere')),
  comparisonTerm('emails[type eq "work"].value', fc.constantFrom('w@example.com', 'ada@example.com')),
  presenceTerm('title', 'externalId', 'groups', 'emails'),
);
const groupTerm = fc.oneof(
  comparisonTerm('displayName', fc.oneof(displayName, fc.constantFrom('t', 'B')), 'ne', 'sw', 'co'),
  comparisonTerm('externalId', externalId, 'ne', 'sw'),
  comparisonTerm('members', user),
  comparisonTerm('members.value', user),
  comparisonTerm('id', group, 'ne'),
  presenceTerm('externalId'),
);
/** A filter with at most two levels. */
const filter = (term: fc.Arbitrary<Term>): fc.Arbitrary<Term> => {
  const joined = fc.record({
    kind: fc.constantFrom('and', 'or'),
    terms: fc.tuple(term, term),
  }) as fc.Arbitrary<Term>;
  const negated = (inner: fc.Arbitrary<Term>) =>
    fc.record({ kind: fc.constant('not' as const), term: inner }) as fc.Arbitrary<Term>;
  return fc.oneof({ weight: 3, arbitrary: term }, joined, negated(term), negated(joined));
};

const hide = fc.constantFrom(
  'nothing' as const,
  'nothing' as const,
  'memberships' as const,
  'allButName' as const,
);
const targetOptions = {
  at: ordinal,
  match: fc.option(fc.constantFrom('right' as const, 'wrong' as const, '*' as const), {
    nil: undefined,
    freq: 2,
  }),
  hide,
};
const listOperation = (type: 'Users' | 'Groups', term: fc.Arbitrary<Term>) =>
  fc.record(
    {
      do: fc.constant('LIST'),
      type: fc.constant(type),
      filter: filter(term),
      startIndex: fc.constantFrom(-1, 0, 1, 2, 3, 9),
      count: fc.constantFrom(-1, 0, 1, 2, 5),
      hide,
    },
    { requiredKeys: ['do', 'type'] },
  );
const operationOn = (
  type: 'Users' | 'Groups',
  verb: string,
  more: Record<string, fc.Arbitrary<unknown>> = {},
) => fc.record({ do: fc.constant(verb), type: fc.constant(type), ...targetOptions, ...more });
const changeList = <T>(change: fc.Arbitrary<T>) => ({
  changes: fc.array(change, { minLength: 1, maxLength: 3 }),
});

const create = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('POST'), type: fc.constant('Users'), body: anyUserBody, hide }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('POST'), type: fc.constant('Groups'), body: anyGroupBody, hide }),
  },
);

const operation = fc.oneof(
  { weight: 3, arbitrary: create },
  { weight: 2, arbitrary: operationOn('Users', 'PUT', { body: anyUserBody }) },
  { weight: 2, arbitrary: operationOn('Groups', 'PUT', { body: anyGroupBody }) },
  { weight: 5, arbitrary: operationOn('Users', 'PATCH', changeList(userChange)) },
  { weight: 5, arbitrary: operationOn('Groups', 'PATCH', changeList(groupChange)) },
  { weight: 1, arbitrary: operationOn('Users', 'GET') },
  { weight: 1, arbitrary: operationOn('Groups', 'GET') },
  { weight: 1, arbitrary: operationOn('Users', 'DELETE') },
  { weight: 1, arbitrary: operationOn('Groups', 'DELETE') },
  { weight: 3, arbitrary: listOperation('Users', userTerm) },
  { weight: 3, arbitrary: listOperation('Groups', groupTerm) },
);

/** 5 to 12 operations. The first ones create resources for the others. */
export const operations = fc
  .tuple(
    fc.array(create, { minLength: 2, maxLength: 4 }),
    fc.array(operation, { minLength: 3, maxLength: 8 }),
  )
  .map(([creations, others]) => [...creations, ...others]) as fc.Arbitrary<Operation[]>;
