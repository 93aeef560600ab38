import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from './batch-get';
import { licenseRecordKey } from './keys';
import type { LicenseRecord } from './license-record';
import type { Table } from './table';

/** The licenses, to read. */
export class LicenseStore {
  constructor(private readonly table: Table) {}

  async read(domainId: string, userId: string): Promise<LicenseRecord | undefined> {
    const { Item } = await this.table.client.send(
      new GetCommand({
        TableName: this.table.name,
        Key: licenseRecordKey(domainId, userId),
        ConsistentRead: true,
      }),
    );
    return Item && fromLicenseItem(Item);
  }

  /** Those that there are, by user, strongly consistent. */
  async readAll(domainId: string, userIds: readonly string[]): Promise<Map<string, LicenseRecord>> {
    const keys = userIds.map((userId) => licenseRecordKey(domainId, userId));
    const licenses = (await batchGet(this.table, keys)).map(fromLicenseItem);
    return new Map(licenses.map((license) => [license.userId, license]));
  }
}

function fromLicenseItem(item: Record<string, unknown>): LicenseRecord {
  const { pk: _pk, sk: _sk, ...license } = item;
  return license as unknown as LicenseRecord;
}
