import fc from 'fast-check';
import { ScimError } from '../../../shared/scim/error';
import { applyPatch } from '../../../shared/scim/patch/apply';
import { splitMembership } from '../../../shared/scim/patch/membership';
import { parsePatch } from '../../../shared/scim/patch/parse';
import { readResource } from '../../../shared/scim/input/read-resource';
import { groupResourceType } from '../../../shared/scim/resource-type';
import type { Attributes } from '../../../shared/scim/resource';
import { likelyGroupPatch, likelyPatch, likelyReplace, likelyUser, wildJson, wildPatch } from './arbitraries';
import { johnDoe } from '../../support/scim/scim-fixtures';
import { userResourceType } from '../../../shared/product/product';

const RUNS = 1500;

/** Returns the result of `act`, or undefined if it throws a ScimError with status 400 and a detail. */
function resultOrUndefined<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof ScimError && error.status === 400 && error.detail !== '') return undefined;
    throw error;
  }
}

/** Asserts the property, and that `check` returns true in at least `share` of the runs. */
function assertProperty<T>(arbitrary: fc.Arbitrary<T>, share: number, check: (value: T) => boolean): void {
  let met = 0;
  const counted = (value: T): void => {
    if (check(value)) met++;
  };
  fc.assert(fc.property(arbitrary, counted), { numRuns: RUNS });
  expect(met).toBeGreaterThanOrEqual(share * RUNS);
}

/** Freezes a value deeply, so that each write to it throws in strict mode. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

const readUser = (json: unknown): Attributes => readResource(userResourceType, json);

const patchedUser = (attributes: Attributes, patch: unknown): Attributes | undefined =>
  resultOrUndefined(() => applyPatch(userResourceType, attributes, parsePatch(patch)));

function expectValidUser(user: Attributes): void {
  expect(readUser(user)).toEqual(user);
  expect(Object.getPrototypeOf(user)).toBe(Object.prototype);
  for (const hidden of ['id', 'meta', 'schemas', 'groups', 'password']) {
    expect(Object.hasOwn(user, hidden)).toBe(false);
  }
  for (const name of ['emails', 'roles', 'addresses']) {
    const elements = (user[name] ?? []) as Attributes[];
    expect(elements.filter(({ primary }) => primary === true).length).toBeLessThanOrEqual(1);
  }
}

describe('for any input', () => {
  const names = Object.getOwnPropertyNames(Object.prototype);
  afterEach(() => expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(names));

  it('readResource returns its own result unchanged', () => {
    assertProperty(likelyUser, 0.5, (body) => {
      const user = resultOrUndefined(() => readUser(deepFreeze(body)));
      if (user) expectValidUser(user);
      return user !== undefined;
    });
  });

  it('readResource and parsePatch return a result or throw a 400', () => {
    assertProperty(
      fc.oneof(wildJson, fc.anything(), fc.record({ userName: wildJson, emails: wildJson })),
      0,
      (body) => {
        const user = resultOrUndefined(() => readUser(body));
        if (user) expectValidUser(user);
        resultOrUndefined(() => parsePatch({ Operations: [body] }));
        return resultOrUndefined(() => parsePatch(body)) !== undefined;
      },
    );
  });

  it('applyPatch returns a valid user or throws a 400, and does not change its arguments', () => {
    const before = likelyUser.map((body) =>
      deepFreeze(resultOrUndefined(() => readUser(body)) ?? structuredClone(johnDoe)),
    );
    assertProperty(fc.tuple(before, likelyPatch), 0.5, ([user, patch]) => {
      const patched = patchedUser(user, deepFreeze(patch));
      if (patched) expectValidUser(patched);
      return patched !== undefined;
    });
  });

  it('applyPatch does the same for arbitrary PATCH requests', () => {
    const user = deepFreeze(structuredClone(johnDoe));
    assertProperty(wildPatch, 0.05, (patch) => {
      const patched = patchedUser(user, deepFreeze(patch));
      if (patched) expectValidUser(patched);
      return patched !== undefined;
    });
  });

  it('a repeated replace changes nothing', () => {
    assertProperty(likelyReplace, 0.5, (patch) => {
      const once = patchedUser(johnDoe, patch);
      if (once) expect(patchedUser(once, patch)).toEqual(once);
      return once !== undefined;
    });
  });

  it('splitMembership separates members, each once per change, from operations on the group', () => {
    assertProperty(fc.oneof({ weight: 4, arbitrary: likelyGroupPatch }, wildPatch), 0.5, (patch) => {
      const split = resultOrUndefined(() => splitMembership(parsePatch(patch), 'members'));
      if (!split) return false;
      for (const change of split.membership) {
        const ids = change.kind === 'removeAll' ? [] : change.values.map(({ value }) => value);
        expect(ids.every((id) => typeof id === 'string' && id !== '')).toBe(true);
        expect(new Set(ids).size).toBe(ids.length);
      }
      const group = resultOrUndefined(() =>
        applyPatch(groupResourceType, { displayName: 'G' }, split.attributeOperations),
      );
      if (group) expect(readResource(groupResourceType, group)).toEqual(group);
      return split.membership.length > 0;
    });
  });
});
