import { randomUUID } from 'node:crypto';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import { licenseRecordKey } from '../../../shared/store/table/keys';
import { LicenseKeyStore } from '../../../shared/store/licenses/license-key-store';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { auditEvent, domainRecord, RETENTION_DAYS } from '../../support/store/records';

let table: Table;
let keys: LicenseKeyStore;
beforeAll(async () => {
  table = await systemTable();
  keys = new LicenseKeyStore(table);
});

const newKeySource = () => ({ domainId: randomUUID(), userId: randomUUID(), activationId: randomUUID() });

describe('a license key', () => {
  it('is found by its hash, however often it was stored', async () => {
    const [hash, source] = [randomUUID(), newKeySource()];
    expect(await keys.find(hash)).toBeUndefined();
    await keys.put(hash, source);
    await keys.put(hash, source);
    expect(await keys.find(hash)).toEqual(expect.objectContaining(source));
  });

  it('finds its current license and domain, if they exist', async () => {
    const source = newKeySource();
    expect(await keys.license(source)).toEqual({});
    const domain = domainRecord();
    const { domainId } = domain;
    await new DomainStore(table, RETENTION_DAYS).create(domain, auditEvent('domain.created', domainId));
    expect(await keys.license({ ...source, domainId })).toEqual({
      domain: expect.objectContaining({ domainId, name: domain.name }) as unknown,
    });
    const license = { status: 'inactive', userType: 'Core User', activationId: source.activationId };
    // Only these attributes, so that no email is sent.
    await table.put({ ...licenseRecordKey(domainId, source.userId), ...license });
    expect(await keys.license({ ...source, domainId })).toEqual({
      domain: expect.objectContaining({ domainId }) as unknown,
      license: expect.objectContaining(license) as unknown,
    });
  });
});
