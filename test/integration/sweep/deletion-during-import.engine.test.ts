import { setTimeout as sleep } from 'node:timers/promises';
import { resourcePartition } from '../../../shared/store/table/keys';
import { systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { userBody } from '../../support/requests/bodies';
import { createDomainClient, domainAdmin, OPERATOR } from '../../support/system/system';

const NAME = 'Example Inc';
const PER_SECOND = 25;

it('a domain is deleted during an import, and nothing is created afterward', async () => {
  const { domainId, request } = await createDomainClient({ name: NAME });
  const admin = await domainAdmin();
  let deletedAt = Infinity;
  let isStopped = false;
  const responses: { readonly status: number; readonly sentAt: number }[] = [];
  const send = async () => {
    const sentAt = performance.now();
    const { status } = await request('POST', '/Users', userBody());
    responses.push({ status, sentAt });
  };
  const running: Promise<void>[] = [];
  const importUsers = async () => {
    for (; !isStopped; await sleep(1000 / PER_SECOND)) running.push(send());
  };
  const imported = importUsers();
  await eventually('some users', () => responses.filter(({ status }) => status === 201).length > 20, 20);

  await admin.deleteDomain(domainId, NAME, OPERATOR);
  deletedAt = performance.now();
  await sleep(500);
  isStopped = true;
  await imported;
  await Promise.all(running);

  expect(responses.filter(({ status }) => ![201, 401, 403].includes(status))).toEqual([]);
  const afterward = responses.filter(({ sentAt }) => sentAt > deletedAt);
  expect(afterward.length).toBeGreaterThan(0);
  expect(afterward.filter(({ status }) => status === 201)).toEqual([]);
  await eventually('the sweep', async () =>
    (await admin.listDeletedDomains(100, domainId.replace(/.{12}$/, ''))).domains.some(
      (domain) => domain.domainId === domainId && domain.sweptAt !== undefined,
    ),
  );
  const { items } = await (await systemTable()).query({ pk: resourcePartition(domainId, 'USER') });
  expect(items).toEqual([]);
});
