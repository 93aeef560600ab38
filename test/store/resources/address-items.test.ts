import {
  addressItemKeys,
  addressItemWrites,
  MAX_ADDRESS_ITEMS,
} from '../../../shared/store/resources/address-items';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import { userRecord } from '../../support/store/records';

const emails = (...values: string[]) => values.map((value) => ({ value }));
const user = (userName: string, ...addresses: string[]): ResourceRecord => ({
  ...userRecord(userName, { emails: emails(...addresses) }),
  id: 'u',
});
const key = (address: string) => ({ pk: `d#EMAIL#${address}`, sk: 'u' });
const many = (count: number, host = 'many.example') =>
  Array.from({ length: count }, (_, at) => `${at}@${host}`);

describe('addressItemKeys', () => {
  it.each<[string, ResourceRecord, object[]]>([
    ['no addresses', userRecord('ada'), []],
    ['only the userName, in any case', user('Ada@Example.com', 'ada@example.com', 'ADA@example.com'), []],
    ['another address', user('ada', 'Ada@Example.com'), [key('ada@example.com')]],
    ['further addresses', user('a@x.example', 'a@x.example', 'B@x.example'), [key('b@x.example')]],
    ['one address twice', user('ada', 'a@x.example', 'A@x.example'), [key('a@x.example')]],
    ['a text that is no address', user('ada', 'n/a'), [key('n/a')]],
    ['an empty address', user('ada', ''), []],
    ['a text that no key can hold', user('ada', 'x'.repeat(1_025), 'a@x.example'), [key('a@x.example')]],
    ['an address with a #', user('ada', 'a#b@x.example'), [key('a#b@x.example')]],
  ])('of a user with %s', (_, record, expected) => {
    expect(addressItemKeys('d', record)).toEqual(expected);
  });

  it('are one item if the user has very many addresses', () => {
    expect(addressItemKeys('d', user('ada', ...many(MAX_ADDRESS_ITEMS)))).toHaveLength(MAX_ADDRESS_ITEMS);
    expect(addressItemKeys('d', user('ada', ...many(MAX_ADDRESS_ITEMS + 1)))).toEqual([
      { pk: 'd#EMAIL', sk: 'u' },
    ]);
    // The address that equals the userName does not count.
    expect(addressItemKeys('d', user('0@many.example', ...many(MAX_ADDRESS_ITEMS + 1)))).toHaveLength(
      MAX_ADDRESS_ITEMS,
    );
  });
});

describe('addressItemWrites', () => {
  const put = (address: string) => ({ put: key(address) });
  const deletion = (address: string) => ({ delete: key(address) });

  it.each<[string, ResourceRecord | undefined, ResourceRecord | undefined, object[]]>([
    ['create', undefined, user('ada', 'a@x.example'), [put('a@x.example')]],
    ['delete', user('ada', 'a@x.example'), undefined, [deletion('a@x.example')]],
    ['keep', user('ada', 'a@x.example'), user('bob', 'A@x.example'), []],
    [
      'change the address',
      user('ada', 'a@x.example', 'c@x.example'),
      user('ada', 'c@x.example', 'b@x.example'),
      [put('b@x.example'), deletion('a@x.example')],
    ],
    [
      'rename away from the address',
      user('a@x.example', 'a@x.example'),
      user('b@x.example', 'a@x.example'),
      [put('a@x.example')],
    ],
    [
      'rename to the address',
      user('ada', 'a@x.example'),
      user('A@x.example', 'a@x.example'),
      [deletion('a@x.example')],
    ],
    ['rename with the address', user('a@x.example', 'a@x.example'), user('b@x.example', 'b@x.example'), []],
  ])('to %s', (_, before, after, expected) => {
    expect(addressItemWrites('d', before, after)).toEqual(expected);
  });

  it('are few, whatever the addresses are', () => {
    const [few, others, tooMany] = [
      user('ada', ...many(MAX_ADDRESS_ITEMS)),
      user('ada', ...many(MAX_ADDRESS_ITEMS, 'other.example')),
      user('ada', ...many(200)),
    ];
    expect(addressItemWrites('d', few, others)).toHaveLength(2 * MAX_ADDRESS_ITEMS);
    expect(addressItemWrites('d', few, tooMany)).toHaveLength(MAX_ADDRESS_ITEMS + 1);
    expect(addressItemWrites('d', tooMany, user('ada', ...many(201)))).toEqual([]);
  });
});
