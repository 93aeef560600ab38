import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { LicenseKeySource } from '../../license-key';
import { batchGet } from '../table/batch-get';
import { type Domain, fromDomainItem } from '../domains/domain-store';
import { domainKey, licenseKeyKey, licenseRecordKey } from '../table/keys';
import type { LicenseRecord } from './license-record';
import type { Table } from '../table/table';

/** What is looked at of a license to judge a key of it. */
export type HeldLicense = Pick<LicenseRecord, 'status' | 'userType' | 'activationId'>;

/** Finds the license of a key by the hash of the key. */
export class LicenseKeyStore {
  constructor(private readonly table: Table) {}

  /** Makes a key known. The same key always has the same item, so it may be put again. */
  async put(hash: string, { domainId, userId, activationId }: LicenseKeySource): Promise<void> {
    const Item = { ...licenseKeyKey(hash), domainId, userId, activationId };
    await this.table.client.send(new PutCommand({ TableName: this.table.name, Item }));
  }

  /** Of what the key was made; undefined where no such key was ever mailed. */
  async find(hash: string): Promise<LicenseKeySource | undefined> {
    const { Item } = await this.table.client.send(
      new GetCommand({ TableName: this.table.name, Key: licenseKeyKey(hash), ConsistentRead: true }),
    );
    return Item as LicenseKeySource | undefined;
  }

  /** The license as it is now, and its domain, in one strongly consistent read. */
  async license({ domainId, userId }: LicenseKeySource): Promise<{ license?: HeldLicense; domain?: Domain }> {
    const items = await batchGet(this.table, [licenseRecordKey(domainId, userId), domainKey(domainId)]);
    const domain = items.find(({ sk }) => sk === 'DOMAIN');
    const license = items.find(({ sk }) => sk !== 'DOMAIN');
    return { license: license as HeldLicense | undefined, domain: domain && fromDomainItem(domain) };
  }
}
