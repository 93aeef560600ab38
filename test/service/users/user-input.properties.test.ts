import fc from 'fast-check';
import type { Json } from '../../../shared/scim/resource';
import { isActive } from '../../../shared/scim/input/user-rules';
import {
  readNewUser,
  readReplacement,
  readUserPatch,
  type InputReports,
} from '../../../shared/service/users/user-input';
import { userChange } from '../../../shared/service/users/user-change';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import { likelyPatch, likelyReplace, likelyUser, wildJson, wildPatch } from '../../scim/patch/arbitraries';
import { createCaller } from '../../support/requests/caller';

const RUNS = 1500;
let skippedValues = 0;
const reports: InputReports = { onIgnored: () => undefined, onSkipped: () => skippedValues++ };
const caller = createCaller();

/** Users as the service stores them, active or not, with and without an address. */
const storedUser = fc
  .tuple(fc.oneof(likelyUser, wildJson), fc.boolean(), fc.constantFrom('jdoe', 'jdoe@example.com'))
  .map(([body, active, userName]): ResourceRecord => {
    // An inactive user is always accepted, so it is the start of every stored user.
    const attributes = readNewUser({ ...withoutStatus(body), userName, active: false }, reports);
    return {
      id: 'user-1',
      attributes: { ...attributes, active },
      version: 1,
      created: '2026-01-01T00:00:00.000Z',
      lastModified: '2026-01-01T00:00:00.000Z',
      groupIds: [],
      memberCount: 0,
    };
  });

/** Returns the members of a body that name neither `active` nor `userName`, in any case or with a URN. */
const withoutStatus = (body: unknown): object =>
  Object.fromEntries(
    Object.entries(typeof body === 'object' && body !== null ? body : {}).filter(
      ([name]) => !/active|userName|schemas|^urn:.*core/i.test(name),
    ),
  );

const falsehood = fc.constantFrom<Json>(false, 'False', 'false');
const deactivation = fc.oneof(
  falsehood.map((value) => ({ op: 'Replace', path: 'active', value })),
  falsehood.map((active) => ({ op: 'replace', value: { active } })),
  fc.constant({ op: 'remove', path: 'active' }),
);

/** Operations that do not touch `active`: an `active` that cannot be read is refused in every case. */
const isAboutActive = (operation: unknown): boolean => /active/i.test(JSON.stringify(operation));
const isKnownOperation = (operation: unknown): boolean =>
  typeof operation === 'object' &&
  operation !== null &&
  Object.entries(operation).some(
    ([name, value]) => /^op$/i.test(name) && /^(add|remove|replace)$/i.test(String(value)),
  );

const operations = fc
  .oneof(likelyPatch, wildPatch)
  .map((body) =>
    [(body as { Operations?: unknown }).Operations ?? []]
      .flat()
      .filter((operation) => isKnownOperation(operation) && !isAboutActive(operation)),
  );

const expectInactiveLicense = (before: ResourceRecord | undefined, after: ResourceRecord): void => {
  expect(isActive(after.attributes)).toBe(false);
  expect(typeof after.attributes.userName).toBe('string');
  const { license } = userChange(caller, '2026-01-02T00:00:00.000Z', before, after);
  if (!before || isActive(before.attributes)) expect(license?.status).toBe('inactive');
  else expect(license).toBeUndefined();
};

describe('a request that leaves the user inactive is accepted, and ends the license', () => {
  beforeEach(() => (skippedValues = 0));
  /** Fails if too few requests contained something that is refused for an active user. */
  afterEach(() => expect(skippedValues).toBeGreaterThan(RUNS / 10));

  it('for a PATCH, wherever the deactivation stands', () => {
    fc.assert(
      fc.property(storedUser, operations, deactivation, fc.nat(), (before, others, last, position) => {
        const at = position % (others.length + 1);
        const all = [...others.slice(0, at), last, ...others.slice(at)] as Json[];
        const attributes = readUserPatch({ Operations: all }, reports).apply(before.attributes);
        expectInactiveLicense(before, { ...before, attributes });
      }),
      { numRuns: RUNS },
    );
  });

  it('for a PUT', () => {
    fc.assert(
      fc.property(
        storedUser,
        fc.oneof(likelyReplace, likelyUser, wildJson),
        falsehood,
        (before, body, active) => {
          const { userName } = (body ?? {}) as { userName?: Json };
          const sent = { ...withoutStatus(body), ...(userName !== undefined && { userName }), active };
          const attributes = readReplacement(sent, reports)(before.attributes);
          expectInactiveLicense(before, { ...before, attributes });
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('for a POST', () => {
    fc.assert(
      fc.property(storedUser, fc.oneof(likelyUser, wildJson), falsehood, (user, body, active) => {
        const sent = { ...withoutStatus(body), userName: 'jdoe', active };
        const attributes = readNewUser(sent, reports);
        expectInactiveLicense(undefined, { ...user, attributes });
      }),
      { numRuns: RUNS },
    );
  });
});
