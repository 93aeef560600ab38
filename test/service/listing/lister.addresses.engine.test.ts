import * as fc from 'fast-check';
import { parseFilter } from '../../../shared/scim/filter/parse';
import { compileFilter } from '../../../shared/scim/filter/match';
import { ScimError } from '../../../shared/scim/error';
import type { Attributes, Resource } from '../../../shared/scim/resource';
import { PATCH_OP } from '../../../shared/scim/urns';
import { Lister } from '../../../shared/service/listing/lister';
import { userSource } from '../../../shared/service/users/user-source';
import { Users } from '../../../shared/service/users/users';
import {
  ADDRESS_INDEX_COMPLETE,
  addressIndexKey,
  addressKey,
} from '../../../shared/store/table/address-keys';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { createCaller } from '../../support/requests/caller';
import { putItems, seedUserItems } from '../../support/seed/seed-items';
import { countingTable } from '../../support/store/counting-table';
import { createTableLikeSystem } from '../../support/store/create-table';
import { readItem, USER_SETTINGS } from '../../support/store/records';
import { userResourceType } from '../../../shared/product/product';
import { onlyVersion } from '../../support/service/secret-versions';

let table: Table;
beforeAll(async () => {
  table = await createTableLikeSystem();
});

/** Returns the users of a new domain, whose addresses are all indexed unless it is `old`. */
async function newUsers(options: { old?: boolean } = {}): Promise<{ users: Users; domainId: string }> {
  const caller = createCaller();
  const { domainId } = caller;
  if (!options.old) await table.put({ ...addressIndexKey(domainId, ADDRESS_INDEX_COMPLETE) });
  return { users: new Users(table, USER_SETTINGS, caller), domainId };
}

const list = (users: Users, filter?: string, sortBy?: string) =>
  users.list({
    ...(filter !== undefined && { filter: parseFilter(filter) }),
    ...(sortBy !== undefined && { sort: { path: sortBy, descending: true } }),
    startIndex: 1,
    count: 1000,
  });
const idsOf = (resources: readonly Resource[]) => resources.map(({ id }) => id);

const NAMES = ['a@x.example', 'A@X.example', 'b@x.example', 'ada', 'bob', 'cleo', 'dan', 'eve'];
const ADDRESSES = ['a@x.example', 'A@x.EXAMPLE', 'b@x.example', 'c@x.example', 'C@x.example'];
const address = fc.constantFrom(...ADDRESSES);
const emails = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.array(
      fc.record(
        { value: address, type: fc.constantFrom('work', 'home'), primary: fc.boolean() },
        {
          requiredKeys: ['value'],
        },
      ),
      { maxLength: 3 },
    ),
  },
  {
    weight: 1,
    arbitrary: address.map((value) => [
      { value },
      ...Array.from({ length: 25 }, (_, at) => ({ value: `${at}@many.example` })),
    ]),
  },
);
const body = fc.record(
  { userName: fc.constantFrom(...NAMES), emails, active: fc.boolean() },
  { requiredKeys: ['userName'] },
);

type Change = (users: Users, id: string) => Promise<unknown>;
const patch =
  (value: Attributes): Change =>
  (users, id) =>
    users.patch(id, { schemas: [PATCH_OP], Operations: [{ op: 'replace', value }] });
const creation = body.map(
  (attributes): Change =>
    (users) =>
      users.create(attributes),
);
const change: fc.Arbitrary<Change> = fc.oneof(
  body.map(
    (attributes): Change =>
      (users) =>
        users.create(attributes),
  ),
  body.map(
    (attributes): Change =>
      (users, id) =>
        users.replace(id, attributes),
  ),
  emails.map((value) => patch({ emails: value })),
  fc.constantFrom(...NAMES).map((userName) => patch({ userName })),
  fc.constant<Change>((users, id) => users.delete(id)),
);

const quoted = fc
  .constantFrom(...ADDRESSES, ...ADDRESSES, 'ada', 'n/a', '')
  .map((value) => JSON.stringify(value));
const term = fc
  .tuple(
    fc.constantFrom(
      'email eq ?',
      'emails eq ?',
      'emails.value eq ?',
      'EMAILS.VALUE EQ ?',
      'urn:ietf:params:scim:schemas:core:2.0:User:emails.value eq ?',
      'emails[value eq ?]',
      'emails[type eq "work" and value eq ?]',
      'Emails[TYPE eq "work"].value eq ?',
      'emails[primary eq false and value eq ?]',
      'userName eq ?',
    ),
    quoted,
  )
  .map(([form, value]) => form.replace('?', () => value));
const filter = fc
  .tuple(
    fc.constantFrom(
      '1',
      '1',
      '1 and active eq true',
      '1 or 2',
      '1 and 2',
      '1 and not (2)',
      'not (1)',
      '(1 or 2) and 3',
    ),
    term,
    term,
    term,
  )
  .map(([form, ...terms]) => form.replace(/\d/g, (at) => terms[Number(at) - 1] ?? ''));

describe('a filter on addresses', () => {
  it('finds the same users as a scan, after any changes', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(creation, fc.nat()), { minLength: 8, maxLength: 12 }),
        fc.array(fc.tuple(change, fc.nat()), { minLength: 4, maxLength: 8 }),
        fc.array(filter, { minLength: 10, maxLength: 10 }),
        async (creations, changes, filters) => {
          const { users, domainId } = await newUsers();
          for (const [apply, at] of [...creations, ...changes]) {
            const existing = idsOf((await list(users)).resources);
            await apply(users, existing[at % existing.length] ?? 'nobody').catch((error: unknown) => {
              if (!(error instanceof ScimError)) throw error;
            });
          }
          const { resources } = await list(users);
          for (const text of filters) {
            const expected = resources.filter(compileFilter(parseFilter(text), userResourceType));
            const listing = await list(users, text);
            expect(idsOf(listing.resources)).toEqual(idsOf(expected));
            expect(listing.totalResults).toBe(expected.length);
            const sorted = await list(users, text, 'userName');
            expect(idsOf(sorted.resources).sort()).toEqual(idsOf(expected));
            found += expected.length;
          }
          await expectConsistent(domainId, table);
        },
      ),
      { numRuns: 15 },
    );
    expect(found).toBeGreaterThan(100);
  });

  it('reads the same at any size, whether or not the address is the userName', async () => {
    const { users, domainId } = await newUsers();
    const reads: number[] = [];
    for (const size of [20, 2_000]) {
      await seedUserItems(table, domainId, size, (at) => ({ userName: `${size}-${at}@example.com` }));
      const emails = [{ value: `ada-${size}@example.com` }, { value: `other-${size}@example.com` }];
      await users.create({ userName: `ada-${size}@example.com`, emails });
      const counting = countingTable(table, /./);
      const counted = new Users(counting.table, USER_SETTINGS, createCaller({ domainId }));
      for (const value of [`ada-${size}@example.com`, `other-${size}@example.com`])
        expect((await list(counted, `email eq "${value}"`)).totalResults).toBe(1);
      expect((await list(counted, 'email eq "nobody@example.com"')).totalResults).toBe(0);
      reads.push(counting.read());
    }
    // The state of the index in each lookup, and the one item.
    expect(reads).toEqual([4, 4]);
  });

  it('finds a user past the limit of a scan, and scans if more users than the limit have the address', async () => {
    const { users, domainId } = await newUsers();
    const { id } = await users.create({ userName: 'zoe', emails: [{ value: 'zoe@example.com' }] });
    const seeded = await seedUserItems(table, domainId, 10_001, (at) => ({
      userName: `${at}@example.com`,
      emails: [{ value: 'all@example.com' }],
    }));
    await putItems(
      table,
      seeded.map(({ id }) => addressKey(domainId, 'all@example.com', id)),
    );
    expect(idsOf((await list(users, 'email eq "zoe@example.com"')).resources)).toEqual([id]);

    const text = 'email eq "all@example.com"';
    await expect(list(users, text)).rejects.toMatchObject({ scimType: 'tooMany' });
    const caller = createCaller({ domainId });
    const lister = new Lister({
      table,
      caller,
      sources: [userSource(table, caller)],
      now: () => new Date(),
      cursorSecret: () => Promise.resolve(onlyVersion('secret')),
    });
    const page = await lister.list({ filter: parseFilter(text), cursor: '', count: 2 });
    expect(idsOf(page.resources)).toEqual(seeded.slice(0, 2).map((user) => user.id));
    expect(page.nextCursor).toBeDefined();
  });
});

describe('a filter on addresses in a domain of an earlier version', () => {
  it('finds users by a scan, and requests that the addresses are indexed', async () => {
    const { users, domainId } = await newUsers({ old: true });
    const [user] = await seedUserItems(table, domainId, 3, (at) => ({
      userName: `user-${at}`,
      emails: [{ value: `${at}@example.com` }],
    }));
    const text = 'title pr or emails.value eq "0@EXAMPLE.com"';
    for (const each of [text, 'userName eq "nobody" or email eq "0@example.com"', 'email eq "0@example.com"'])
      expect(idsOf((await list(users, each)).resources)).toEqual([user?.id]);
    expect(await readItem(table, addressIndexKey(domainId, '#REQUEST'))).toBeDefined();
  });

  it('requests nothing for other filters', async () => {
    const { users, domainId } = await newUsers({ old: true });
    await list(users, 'emails.type eq "work" or userName eq "a"');
    expect(await readItem(table, addressIndexKey(domainId, '#REQUEST'))).toBeUndefined();
  });
});
