import { nameKeyOf } from '../../../shared/scim/text/name-key';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import type { DomainData } from './domain-data';

/** A user with more addresses has one item instead. */
const MAX_ITEMS_OF_USER = 20;
/** DynamoDB's limit for a sort key; longer values are not indexed. */
const MAX_ADDRESS_BYTES = 1024;

/**
 * Compares the address items with the addresses of users that differ from the userName. A domain of an
 * earlier version may lack some.
 */
export function addressProblems({ addressItems, indexesAddresses, users }: DomainData): string[] {
  const expected = new Set(users.flatMap(expectedItems));
  const actual = new Set(
    addressItems.map(({ pk, sk }) => `${/#EMAIL#(.*)$/s.exec(pk)?.[1] ?? 'many addresses'} of ${sk}`),
  );
  return [
    ...[...expected]
      .filter((each) => indexesAddresses && !actual.has(each))
      .map((each) => `${each} is not indexed`),
    ...[...actual].filter((each) => !expected.has(each)).map((each) => `${each} is indexed without a user`),
  ];
}

function expectedItems({ id, attributes, nameKey }: ResourceRecord): string[] {
  const emails = (attributes.emails ?? []) as { value?: string }[];
  const addresses = new Set(emails.map(({ value = '' }) => nameKeyOf(value)));
  const others = [...addresses].filter(
    (address) =>
      address !== '' &&
      address !== (nameKey ?? nameKeyOf(attributes.userName as string)) &&
      Buffer.byteLength(address) <= MAX_ADDRESS_BYTES,
  );
  return others.length > MAX_ITEMS_OF_USER
    ? [`many addresses of ${id}`]
    : others.map((address) => `${address} of ${id}`);
}
