import { GetCommand } from '@aws-sdk/lib-dynamodb';
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
}

function fromLicenseItem(item: Record<string, unknown>): LicenseRecord {
  const { pk: _pk, sk: _sk, ...license } = item;
  return license as unknown as LicenseRecord;
}
