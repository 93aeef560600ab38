import { PROVIDER_IDS } from '../../../shared/simulator/provider-id';
import { AuditLog } from '../../../shared/store/audit/audit-log';
import { readDomain, systemTable } from '../../support/consistency/domain-data';
import { failures, runSimulation, titlesOf } from '../../support/simulator/run';
import { startSimulation } from '../../support/simulator/started';
import { createDomainClient, session } from '../../support/system/system';

describe.each(PROVIDER_IDS)('the simulation of %s on the service', (provider) => {
  it('passes every step, and leaves no user, group, membership, or license', async () => {
    const { domainId } = await createDomainClient();
    const { token, end } = await startSimulation(domainId);
    const results = await runSimulation(provider, { baseUrl: session().baseUrl, token }, { users: 3 });
    expect(failures(results)).toEqual([]);
    expect(titlesOf(results, 'skipped')).toEqual([]);
    expect(await end()).toBe(204);
    expect(await readDomain(domainId)).toMatchObject({
      users: [],
      groups: [],
      memberships: [],
      licenses: [],
    });
    const { events } = await new AuditLog(await systemTable(), domainId).page({}, 100, new Date());
    expect(events.filter(({ action }) => action.startsWith('simulation.'))).toHaveLength(2);
  });
});
