import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { newId } from '../../../shared/id';
import { licenseRecordKey } from '../../../shared/store/table/keys';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import type { Table } from '../../../shared/store/table/table';
import { documentClient } from '../store/document-client';

/** A license of a user who has an address. */
export type AddressedLicense = LicenseRecord & { readonly email: string };

/** Returns a license of a new user that has just been activated. */
export const activeLicense = (given: Partial<AddressedLicense> = {}): AddressedLicense => ({
  domainId: 'domain-1',
  userId: newId(),
  status: 'active',
  ...newActivation(),
  email: 'jane.doe@example.com',
  userName: 'jane.doe',
  name: 'Jane Doe',
  userType: 'Full User',
  ...given,
});

/** Returns the ids of an activation with a new key. */
export function newActivation(): { changeId: string; activationId: string } {
  const changeId = newId();
  return { changeId, activationId: changeId };
}

/** Returns the license after its user was deactivated or deleted. */
export const endedLicense = <License extends LicenseRecord>(
  license: License,
  reason: 'deactivated' | 'deleted' = 'deactivated',
): License => ({
  ...license,
  status: 'inactive',
  changeId: newId(),
  reason,
});

type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;

/** Returns the license as an image in the table's stream. */
export const streamImage = (license: LicenseRecord): Image =>
  Object.fromEntries(
    Object.entries({ ...licenseRecordKey(license.domainId, license.userId), ...license }).flatMap(
      ([name, value]) => (value === undefined ? [] : [[name, toAttributeValue(value)]]),
    ),
  );

const toAttributeValue = (value: string | number | object): Image[string] =>
  typeof value === 'number'
    ? { N: String(value) }
    : typeof value === 'string'
      ? { S: value }
      : {
          M: Object.fromEntries(
            Object.entries(value).map(([name, part]) => [name, toAttributeValue(part as string)]),
          ),
        };

let sequence = 0;

/** Returns a stream record of the change from `before` to `after`. */
export function streamRecord(
  before: LicenseRecord | undefined,
  after: LicenseRecord | undefined,
): DynamoDBRecord {
  const license = after ?? before;
  const { pk, sk } = licenseRecordKey(license?.domainId ?? '', license?.userId ?? '');
  return {
    eventID: randomUUID(),
    eventName: !before ? 'INSERT' : after ? 'MODIFY' : 'REMOVE',
    dynamodb: {
      SequenceNumber: String(++sequence).padStart(21, '0'),
      Keys: { pk: { S: pk }, sk: { S: sk } },
      ...(before && { OldImage: streamImage(before) }),
      ...(after && { NewImage: streamImage(after) }),
    },
  };
}

/** Stores the license under its key, as a change of the user does. */
export async function putLicense(table: Table, license: LicenseRecord): Promise<void> {
  const Item = { ...licenseRecordKey(license.domainId, license.userId), ...license };
  await documentClient(table).send(new PutCommand({ TableName: table.name, Item }));
}
