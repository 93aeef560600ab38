import { desiredMembership, splitMembership } from '../../shared/scim/patch/membership';
import { parsePatch } from '../../shared/scim/patch/parse';
import type { Attributes, Json } from '../../shared/scim/resource';
import { WorkBudget } from '../../shared/scim/work';
import { readUserPatch } from '../../shared/service/users/user-input';
import { anyOf, numbered, refusedOr, unwatched, userWithEmails, type WorstCase } from './worst-case';

const LONG = 8_000;

/** A PATCH of a user. It ends with the attributes, or is refused. */
const patch =
  (operations: (size: number) => Json[], before: Attributes): WorstCase['prepare'] =>
  (size, watch = unwatched, work = new WorkBudget()) => {
    const body = watch({ Operations: operations(size) });
    const user = watch(before);
    const reports = { onIgnored: () => undefined, onSkipped: () => undefined };
    return () => refusedOr(() => readUserPatch(body, reports, () => ({ work })).apply(user));
  };

/** The forms of a PATCH. */
export const PATCH_CASES: readonly WorstCase[] = [
  {
    name: 'PATCH: operations with a value path of 20 conditions on 50 elements',
    size: 200,
    prepare: patch(
      (size) =>
        numbered(size, (at) => ({ op: 'remove', path: `emails[${anyOf(20, 'value', `${at}-`)}].display` })),
      userWithEmails(50),
    ),
  },
  {
    name: 'PATCH: operations with a value path of 200 conditions on 196 elements',
    size: 250,
    prepare: patch(
      (size) => numbered(size, (at) => ({ op: 'remove', path: `emails[${anyOf(200, 'value', `${at}-`)}]` })),
      userWithEmails(196),
    ),
  },
  {
    name: 'PATCH: add of one element to 196 (duplicates)',
    size: 250,
    prepare: patch(
      (size) =>
        numbered(size, (at) => ({
          op: 'add',
          path: 'emails',
          value: [{ value: `USER${(2 * at) % 196}@example.com`, type: 'home', primary: true }],
        })),
      userWithEmails(196),
    ),
  },
  {
    name: 'PATCH: remove of 20 listed elements from 196',
    size: 250,
    prepare: patch(
      (size) =>
        numbered(size, (at) => ({
          op: 'remove',
          path: 'emails',
          value: numbered(20, (index) => ({ value: `nobody${at}-${index}@example.com` })),
        })),
      userWithEmails(196),
    ),
  },
  {
    name: 'PATCH: replace of 196 elements by one value of 8,000 characters',
    size: 10,
    prepare: patch(
      (size) => numbered(size, () => ({ op: 'replace', path: 'emails.display', value: 'é'.repeat(LONG) })),
      { emails: numbered(196, (at) => ({ value: `${at}`, display: 'é'.repeat(LONG) })) },
    ),
  },
  {
    name: 'PATCH: elements with long values that are not ASCII',
    size: 250,
    prepare: patch(
      (size) => numbered(size, () => ({ op: 'remove', path: 'emails[value eq "É"]' })),
      userWithEmails(20, 'É'.repeat(2_000)),
    ),
  },
  {
    name: 'PATCH: replace of arrays with 200 elements',
    size: 25,
    prepare: patch(
      (size) =>
        numbered(size, () => ({ op: 'replace', path: 'emails', value: userWithEmails(200).emails ?? null })),
      userWithEmails(1),
    ),
  },
  {
    name: 'PATCH without a path: keys',
    size: 250,
    prepare: patch(
      (size) => [
        {
          op: 'add',
          value: Object.fromEntries(
            numbered(size, (at) => [
              `emails[value eq "user${at % 50}@example.com" and display ne "${at}"].display`,
              'Ada',
            ]),
          ),
        },
      ],
      userWithEmails(50),
    ),
  },
  {
    name: 'PATCH of an inactive user: operations that are skipped',
    size: 250,
    prepare: patch(
      (size) => numbered(size, (at) => ({ op: 'replace', path: 'profileUrl', value: `no URI ${at}` })),
      { ...userWithEmails(196, 'user'.repeat(50)), active: false },
    ),
  },
  {
    name: 'PATCH of members: values',
    size: 2_500,
    prepare: (size, watch = unwatched) => {
      const value = numbered(size, (at) => ({ value: `id-${at % 1_000}` }));
      const body = watch({ Operations: [{ op: 'add', path: 'members', value }] });
      return () => desiredMembership(splitMembership(parsePatch(body), 'members').membership);
    },
  },
  {
    name: 'PATCH of members: operations with a value path of 200 conditions',
    size: 50,
    prepare: (size, watch = unwatched) => {
      const path = (at: number) => `members[${anyOf(200, 'value', `${at}-`)}]`;
      const body = watch({ Operations: numbered(size, (at) => ({ op: 'remove', path: path(at) })) });
      return () => desiredMembership(splitMembership(parsePatch(body), 'members').membership);
    },
  },
];
