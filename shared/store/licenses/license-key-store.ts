import type { LicenseKeySource } from '../../license-key';
import { readDomainItem, type Domain } from '../domains/domain-store';
import { domainKey, licenseKeyKey, licenseRecordKey } from '../table/keys';
import { nonEmptyText, oneOf, optionalList, optionalText, text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { readOrganizationRole } from './license-mapping';
import { LICENSE_STATUSES, type LicenseRecord } from './license-record';

/** The part of a license that decides whether a key of it is valid. */
export type HeldLicense = Pick<LicenseRecord, 'status' | 'userType' | 'activationId' | 'organizations'>;

/** Finds the license of a key by the hash of the key. */
export class LicenseKeyStore {
  constructor(private readonly table: Table) {}

  /** Stores the hash of a key. A key always has the same item, so it may be stored again. */
  async put(hash: string, { domainId, userId, activationId }: LicenseKeySource): Promise<void> {
    await this.table.put({ ...licenseKeyKey(hash), domainId, userId, activationId });
  }

  /** Returns the values from which the key was derived; undefined if no such key was emailed. */
  async find(hash: string): Promise<LicenseKeySource | undefined> {
    const item = await this.table.get(licenseKeyKey(hash));
    return item && readKeySource(item);
  }

  /** Reads the current license and its domain in one request. */
  async license({ domainId, userId }: LicenseKeySource): Promise<{ license?: HeldLicense; domain?: Domain }> {
    const items = await this.table.getAll([licenseRecordKey(domainId, userId), domainKey(domainId)]);
    const domain = items.find(({ sk }) => sk === 'DOMAIN');
    const license = items.find(({ sk }) => sk !== 'DOMAIN');
    return { license: license && readHeldLicense(license), domain: domain && readDomainItem(domain) };
  }
}

const readKeySource = (item: Item): LicenseKeySource => ({
  domainId: text(item, 'domainId'),
  userId: text(item, 'userId'),
  activationId: text(item, 'activationId'),
});

const readHeldLicense = (item: Item): HeldLicense => ({
  status: oneOf(item, 'status', LICENSE_STATUSES),
  userType: nonEmptyText(item, 'userType'),
  activationId: optionalText(item, 'activationId'),
  organizations: optionalList(item, 'organizations', readOrganizationRole),
});
