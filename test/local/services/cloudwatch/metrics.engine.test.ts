import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ExportedMetric, MetricStore } from '../../../../local/cloud/metrics/metric-store';
import { eventually } from '../../../support/jest/timeouts';
import { STATE_DIRECTORY_VARIABLE } from '../../../support/jest/start-system';
import { createDomainClient, session } from '../../../support/system/system';

async function readMetrics(): Promise<MetricStore> {
  const response = await fetch(`${session().controlUrl}/metrics`);
  return MetricStore.import((await response.json()) as ExportedMetric[]);
}

/** Returns the number of values of the metrics of a name, whatever their dimensions. */
const countOf = (store: MetricStore, namespace: string, name: string): number =>
  store
    .list()
    .filter((id) => id.namespace === namespace && id.name === name)
    .flatMap((id) => store.samples(id))
    .flatMap(({ values }) => [...values.values()])
    .reduce((sum, count) => sum + count, 0);

test('the services report their metrics', async () => {
  const domain = await createDomainClient();
  await domain.request('POST', '/Users', { userName: 'metrics', emails: [{ value: 'metrics@example.com' }] });
  await eventually('the metrics of all services', async () => {
    const store = await readMetrics();
    const expected: [string, string][] = [
      ['AWS/ApiGateway', 'Count'],
      ['AWS/ApiGateway', 'Latency'],
      ['AWS/Lambda', 'Invocations'],
      ['AWS/Lambda', 'IteratorAge'],
      ['AWS/Lambda', 'ConcurrentExecutions'],
      ['AWS/DynamoDB', 'ConsumedWriteCapacityUnits'],
      ['AWS/DynamoDB', 'SuccessfulRequestLatency'],
      ['AWS/SQS', 'ApproximateNumberOfMessagesVisible'],
      ['AWS/SES', 'Send'],
      ['AWS/SES', 'Reputation.BounceRate'],
    ];
    return expected.every(([namespace, name]) => countOf(store, namespace, name) > 0);
  });
});

test('the access log has a line for each request, with the caller of the authorizer', async () => {
  const domain = await createDomainClient();
  const { headers } = await domain.request('GET', '/Users/none');
  const id = headers.get('x-request-id');
  const logs = path.join(process.env[STATE_DIRECTORY_VARIABLE] ?? '', 'logs');
  const file = readdirSync(logs).find((name) => /^ScimApi-Scim.*AccessLog/.test(name)) ?? '';
  await eventually('the line of the request', () => {
    const line = readFileSync(path.join(logs, file), 'utf8')
      .split('\n')
      .find((each) => each.includes(String(id)));
    const { requestId, status, domainId } = JSON.parse(line ?? '{}') as Record<string, string>;
    return requestId === id && status === '404' && domainId === domain.domainId;
  });
});
