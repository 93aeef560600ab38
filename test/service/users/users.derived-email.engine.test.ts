import { isDerivedEmail } from '../../../shared/scim/derived-email';
import { parseFilter } from '../../../shared/scim/filter/parse';
import type { Attributes, Json } from '../../../shared/scim/resource';
import type { Caller } from '../../../shared/service/resources/caller';
import { Users } from '../../../shared/service/users/users';
import { ADDRESS_INDEX_COMPLETE, addressIndexKey } from '../../../shared/store/table/address-keys';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { createCaller } from '../../support/requests/caller';
import { createTableLikeSystem } from '../../support/store/create-table';
import { USER_SETTINGS } from '../../support/store/records';

let table: Table;
let caller: Caller;
beforeAll(async () => {
  table = await createTableLikeSystem();
});
beforeEach(async () => {
  caller = createCaller();
  await table.put({ ...addressIndexKey(caller.domainId, ADDRESS_INDEX_COMPLETE) });
});

const users = () => new Users(table, USER_SETTINGS, caller);
const rename = (userName: string): Json => ({
  Operations: [{ op: 'replace', path: 'userName', value: userName }],
});
const emailOf = (value: string) => ({ value, type: 'work', primary: true });
const findByEmail = async (value: string) => {
  const query = { filter: parseFilter(`emails.value eq "${value}"`), startIndex: 1, count: 10 };
  return (await users().list(query)).resources.map(({ id }) => id);
};

it('moves the derived address of the user, the license, and the lookups to the new userName', async () => {
  const { id } = await users().create({ userName: 'ada@old.example' });
  const renamed = await users().patch(id, rename('ada@new.example'));
  expect(renamed.emails).toEqual([emailOf('ada@new.example')]);
  expect(await findByEmail('ada@new.example')).toEqual([id]);
  expect(await findByEmail('ada@old.example')).toEqual([]);

  const data = await expectConsistent(caller.domainId, table);
  expect(data.licenses).toMatchObject([{ status: 'active', email: 'ada@new.example' }]);
  const [{ changes } = {}] = data.audit.filter(({ action }) => action === 'user.updated');
  expect(changes).toContainEqual({
    attribute: 'emails',
    before: [emailOf('ada@old.example')],
    after: [emailOf('ada@new.example')],
  });
});

it('keeps an address that a client sent, even if it repeats the derived one', async () => {
  const { id } = await users().create({ userName: 'ada@old.example' });
  const set = { op: 'replace', path: 'emails[type eq "work"].value', value: 'ada@old.example' };
  await users().patch(id, { Operations: [set] });
  expect((await users().patch(id, rename('ada@new.example'))).emails).toEqual([emailOf('ada@old.example')]);
  const { users: stored, licenses } = await expectConsistent(caller.domainId, table);
  expect(licenses).toMatchObject([{ email: 'ada@old.example' }]);
  expect(((stored[0]?.attributes.emails ?? []) as Attributes[]).some(isDerivedEmail)).toBe(false);
});
