import { execFileSync } from 'node:child_process';
import { Command } from 'commander';
import { engineCall } from '../local/services/dynamodb/engine/call';
import {
  measureMemberOperations,
  measureOtherAddress,
  measureUserOperations,
  type MeteredDomain,
  type OperationCost,
} from './capacity';
import { openScimKeyAdmin } from '../shared/service/credentials/scim-key-admin';
import { openDomainAdmin } from '../shared/service/domains/domain-admin';
import { spreadGroup } from '../shared/store/groups/group-heads';
import { openTable } from '../shared/store/table/table';
import { addColdCommand } from './cold/command';
import { BENCH_ACTOR } from './contention/bench-domain';
import { addContentionCommand, addDeletionCommand, addSimulationCommand } from './contention/command';
import { addEntraCommand } from './entra/command';
import { addIssuerCommand } from './entra/serve';
import { addFairnessCommand } from './fairness/command';
import { addHttpCommand } from './http/command';
import { addImportCommand } from './import/command';
import { addLeasesCommand } from './leases/command';
import { measureGroupOperations, measureUserInGroups } from './group-capacity';
import { measureMailOperations } from './mail-capacity';
import { addMappingsCommand } from './mappings/command';
import { measureLargestGroups } from './large-group';
import { withLocalSystem } from './local-system';
import { writeMemberships } from './memberships';
import { capacityTable } from './print-capacity';
import { addPortalCommand } from './portal/command';
import { addProtocolCommand } from './protocol/command';
import type { SlotSummary } from './rate-limit';
import { runOneMinute } from './rate-limit-runner';
import { addRateBatchesCommand } from './rate-batches/command';
import { addRequestCommand } from './request/command';
import { addScaleCommand } from './scale/command';
import { addWebhooksCommand } from './webhooks/command';
import { measureWorstCases } from './worst-cases/measure';

const program = new Command('bench').description('Measures what operations cost.');

program
  .command('capacity')
  .description(
    'measure the capacity units of each operation, as DynamoDB Local and the embedded engine count them',
  )
  .option('--sizes <list>', 'group sizes, separated by commas', '10,1000,100000')
  .option('--engine <engine>', 'measure only on this engine, and print JSON')
  .action(async ({ sizes, engine }: { sizes: string; engine?: string }) => {
    if (engine)
      return console.log(JSON.stringify(await measureOnEngine(engine, sizes.split(',').map(Number))));
    const [dynamoDbLocal, embedded] = ['dynamodb-local', 'dynoxide'].map((each) =>
      measureInChildProcess(each, sizes),
    );
    if (dynamoDbLocal && embedded) console.log(capacityTable(dynamoDbLocal, embedded));
  });

program
  .command('large-group')
  .description('measure how many members fit into a response, and the memory that the response takes')
  .action(async () => {
    console.log(
      '| display | compressed | bytes per member | members that fit | memory, MB |\n| --- | --- | ---: | ---: | ---: |',
    );
    for (const { display, gzip, bytesPerMember, members, peakMemory } of await measureLargestGroups()) {
      const cells = [
        display === undefined ? 'none' : 'email address',
        gzip ? 'yes' : 'no',
        bytesPerMember.toFixed(0),
      ];
      console.log(`| ${[...cells, members.toLocaleString('en'), peakMemory.toFixed(0)].join(' | ')} |`);
    }
  });

program
  .command('rate-limit')
  .description(
    'show the responses that two clients on the standard plan get in one minute: one ignores Retry-After, one waits',
  )
  .option('--requests <n>', 'requests of each client', '130')
  .action(async ({ requests }: { requests: string }) => {
    const { steady, obedient } = await withLocalSystem({ ratePlan: 'standard', meter: false }, (system) =>
      runOneMinute(system, Number(requests)),
    );
    printSlots(`${requests} requests at regular intervals`, steady);
    printSlots(`${requests} requests that wait for Retry-After`, obedient);
  });

program
  .command('worst-cases')
  .description('measure the CPU time of the inputs that need the most for their size')
  .option('--runs <n>', 'runs of each input', '5')
  .action(async ({ runs }: { runs: string }) => {
    console.log('| case | n | n, ms | 2n, ms | 4n, ms | 4n is |\n| --- | ---: | ---: | ---: | ---: | --- |');
    for (const { name, size, milliseconds, isRefused } of await measureWorstCases(Number(runs))) {
      const times = milliseconds.map((each) => each.toFixed(1));
      console.log(`| ${[name, size, ...times, isRefused ? 'refused' : 'done'].join(' | ')} |`);
    }
  });

addColdCommand(program);
addContentionCommand(program);
addDeletionCommand(program);
addEntraCommand(program);
addIssuerCommand(program);
addFairnessCommand(program);
addHttpCommand(program);
addLeasesCommand(program);
addImportCommand(program);
addMappingsCommand(program);
addWebhooksCommand(program);
addPortalCommand(program);
addProtocolCommand(program);
addRateBatchesCommand(program);
addRequestCommand(program);
addScaleCommand(program);
addSimulationCommand(program);

function printSlots(title: string, slots: readonly SlotSummary[]): void {
  console.log(
    `\n${title}\n\n| second | served | refused | left in the minute | left in ten seconds | Retry-After |\n` +
      '| ---: | ---: | ---: | ---: | ---: | --- |',
  );
  for (const { from, served, refused, remainingInMinute, remainingInSlot, retryAfter } of slots) {
    const cells = [
      from,
      served,
      refused,
      remainingInMinute ?? '',
      remainingInSlot ?? '',
      retryAfter.join(' … '),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/**
 * Measures in a child process, because the clients of the SDK stay bound to the first system of a process.
 */
function measureInChildProcess(engine: string, sizes: string): OperationCost[] {
  const args = ['--import', 'tsx', __filename, 'capacity', '--engine', engine, '--sizes', sizes];
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  return JSON.parse(execFileSync(process.execPath, args, { env, encoding: 'utf8' })) as OperationCost[];
}

const measureOnEngine = (engine: string, sizes: readonly number[]): Promise<OperationCost[]> =>
  withLocalSystem({ engine, ratePlan: 'unmetered', meter: true }, async ({ session, deployment }) => {
    const { tableName } = deployment;
    const call = engineCall(session.engineUrl);
    const domain = createMeteredDomain(session);
    const costs: OperationCost[] = [
      ...(await measureUserOperations(domain)),
      ...(await measureOtherAddress(domain, 'other')),
    ];
    const spread = (groupId: string) => spreadGroup(openTable(tableName), session.domainId, groupId);
    costs.push(...(await measureGroupOperations(domain, spread)));
    costs.push(...(await measureUserInGroups(domain, 20)));
    for (const size of sizes) {
      costs.push(
        ...(await measureMemberOperations(domain, size, (groupId) =>
          writeMemberships(call, tableName, { domainId: session.domainId, groupId, size }),
        )),
      );
    }
    const mailCosts = await measureMailOperations({
      table: openTable(tableName),
      createDomain: async (mailDelayMinutes) => {
        const { domainId } = await openDomainAdmin(deployment).createDomain(
          { name: 'Emails', ratePlan: 'unmetered', mailDelayMinutes },
          BENCH_ACTOR,
        );
        const scimKeys = openScimKeyAdmin(deployment);
        const { token: scimKey } = await scimKeys.createScimKey(domainId, { name: 'bench' }, BENCH_ACTOR);
        return { domainId, ...createMeteredDomain({ ...session, domainId, scimKey }) };
      },
      runOutbox: () => fetch(`${session.controlUrl}/fire?rule=MailOutbox`, { method: 'POST' }),
    });
    return [...costs, ...mailCosts];
  });

function createMeteredDomain(session: {
  baseUrl: string;
  scimKey: string;
  controlUrl: string;
  domainId: string;
}): MeteredDomain {
  const { baseUrl, scimKey, controlUrl, domainId } = session;
  return {
    request: async (method, target, body) => {
      const response = await fetch(baseUrl + target, {
        method,
        headers: { authorization: `Bearer ${scimKey}`, 'content-type': 'application/scim+json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    },
    takeCapacity: async () =>
      (await (await fetch(`${controlUrl}/capacity?of=${domainId}`)).json()) as Awaited<
        ReturnType<MeteredDomain['takeCapacity']>
      >,
    takeCanceled: async () =>
      (await (await fetch(`${controlUrl}/canceled?of=${domainId}`)).json()) as Awaited<
        ReturnType<MeteredDomain['takeCanceled']>
      >,
  };
}

program.parseAsync().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
