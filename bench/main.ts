import { execFileSync } from 'node:child_process';
import { Command } from 'commander';
import { engineCall } from '../local/services/dynamodb/engine/call';
import {
  measureMemberOperations,
  measureUserOperations,
  type MeteredDomain,
  type OperationCost,
} from './capacity';
import { measureColdStarts } from './cold-start';
import { measureLargestGroups } from './large-group';
import { withLocalSystem } from './local-system';
import { writeMemberships } from './memberships';
import type { SlotSummary } from './rate-limit';
import { runOneMinute } from './rate-limit-runner';

const program = new Command('bench').description('Measures what operations cost.');

program
  .command('capacity')
  .description(
    'DynamoDB capacity units of each operation, as DynamoDB Local and the embedded engine count them',
  )
  .option('--sizes <list>', 'sizes of groups', '10,1000,100000')
  .option('--engine <engine>', 'count on this one alone, and print JSON')
  .action(async ({ sizes, engine }: { sizes: string; engine?: string }) => {
    if (engine)
      return console.log(JSON.stringify(await measureOnEngine(engine, sizes.split(',').map(Number))));
    const [amazons, embedded] = ['dynamodb-local', 'dynoxide'].map((each) =>
      measureInChildProcess(each, sizes),
    );
    console.log(
      '| operation | DynamoDB Local: RCU | WCU | embedded engine: RCU | WCU |\n| --- | ---: | ---: | ---: | ---: |',
    );
    for (const [at, { operation, read, write }] of (amazons ?? []).entries()) {
      console.log(
        `| ${operation} | ${read} | ${write} | ${embedded?.[at]?.read} | ${embedded?.[at]?.write} |`,
      );
    }
  });

program
  .command('cold-start')
  .description('size and import time of each bundle, over an empty one')
  .option('--runs <n>', 'imports of each, in a process of its own', '15')
  .action(async ({ runs }: { runs: string }) => {
    console.log('| Lambda | bundle, kB | import over an empty module, ms (median) |\n| --- | ---: | ---: |');
    for (const { name, kilobytes, milliseconds } of await measureColdStarts(Number(runs))) {
      console.log(`| ${name} | ${kilobytes} | ${milliseconds.toFixed(0)} |`);
    }
  });

program
  .command('large-group')
  .description('how many members an answer shows, and the memory that it takes to make it')
  .action(async () => {
    console.log(
      '| display | compressed | bytes of an answer for each | members that fit | memory, MB |\n| --- | --- | ---: | ---: | ---: |',
    );
    for (const { display, gzip, bytesPerMember, members, peakMemory } of await measureLargestGroups()) {
      const cells = [
        display === undefined ? 'none' : 'an address',
        gzip ? 'yes' : 'no',
        bytesPerMember.toFixed(0),
      ];
      console.log(`| ${[...cells, members.toLocaleString('en'), peakMemory.toFixed(0)].join(' | ')} |`);
    }
  });

program
  .command('rate-limit')
  .description(
    'what two clients on the standard plan are told in a real minute: one that goes on, one that waits',
  )
  .option('--requests <n>', 'of each', '130')
  .action(async ({ requests }: { requests: string }) => {
    const { steady, obedient } = await withLocalSystem({ ratePlan: 'standard', meter: false }, (system) =>
      runOneMinute(system, Number(requests)),
    );
    printSlots(`${requests} requests at even distances`, steady);
    printSlots(`${requests} requests, waiting as Retry-After says`, obedient);
  });

function printSlots(title: string, slots: readonly SlotSummary[]): void {
  console.log(
    `\n${title}\n\n| second | served | refused | left of the minute | left of ten seconds | Retry-After |\n` +
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

/** A process of its own: the SDK's clients are bound to the first system that a process meets. */
function measureInChildProcess(engine: string, sizes: string): OperationCost[] {
  const args = ['--import', 'tsx', __filename, 'capacity', '--engine', engine, '--sizes', sizes];
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  return JSON.parse(execFileSync(process.execPath, args, { env, encoding: 'utf8' })) as OperationCost[];
}

const measureOnEngine = (engine: string, sizes: readonly number[]): Promise<OperationCost[]> =>
  withLocalSystem({ engine, ratePlan: 'unmetered', meter: true }, async ({ session, deployment }) => {
    const { tableName } = deployment;
    const call = engineCall(session.endpoints.AWS_ENDPOINT_URL_DYNAMODB ?? '');
    const domain = createMeteredDomain(session);
    const costs = await measureUserOperations(domain);
    for (const size of sizes) {
      costs.push(
        ...(await measureMemberOperations(domain, size, (groupId) =>
          writeMemberships(call, tableName, { domainId: session.domainId, groupId, size }),
        )),
      );
    }
    return costs;
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
  };
}

program.parseAsync().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
