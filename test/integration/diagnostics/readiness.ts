import type { Readiness } from '../../../shared/service/diagnostics/readiness';
import type { DomainSettings } from '../../../shared/service/domains/domain-settings';
import { type DomainClient, domainAdmin, OPERATOR, takeCapacity } from '../../support/system/system';

/** Returns the readiness of a domain; fails for any other response. */
export async function readReadiness({ request }: DomainClient): Promise<Readiness> {
  const response = await request('GET', '/readiness');
  expect(response.status).toBe(200);
  return response.body as Readiness;
}

/** Changes settings of a domain. */
export const updateSettings = async ({ domainId }: DomainClient, settings: DomainSettings): Promise<void> =>
  void (await (await domainAdmin()).updateDomain(domainId, settings, OPERATOR));

/**
 * Returns the capacity units that a function has consumed since the last call, and the partitions that it
 * used.
 */
export async function takeConsumption({ domainId }: DomainClient, functionName: RegExp) {
  const records = (await takeCapacity(domainId)).filter((record) => functionName.test(record.function));
  return {
    read: records.reduce((sum, { read }) => sum + read, 0),
    write: records.reduce((sum, { write }) => sum + write, 0),
    partitions: records.flatMap(({ partitionKeys }) => partitionKeys),
  };
}
