import { CLIENT_VARIABLES } from '../../local/cloud/environment';
import { listen, type Listening } from '../../local/host/http';
import { newId } from '../../shared/id';
import { connectionKey } from '../../shared/store/table/keys';
import { openTable, type Table } from '../../shared/store/table/table';
import { deferredKey, deferredPartition, parkedKey } from '../../shared/store/webhooks/webhook-keys';
import { eventually } from '../support/jest/timeouts';
import { oneCause, type Rehearsal } from '../support/monitoring/rehearsal';
import type { Segment } from '../support/monitoring/timeline';

const HOUR_MS = 3_600_000;

/** An endpoint of webhooks that returns a status. */
export class Endpoint {
  status = 204;
  private listening: Listening | undefined;

  async start(): Promise<string> {
    this.listening = await listen((_, response) => void response.writeHead(this.status).end(), 0);
    return this.listening.url;
  }

  get url(): string {
    return `${this.listening?.url ?? ''}/hooks`;
  }

  stop(): Promise<void> | undefined {
    return this.listening?.close();
  }
}

/** Returns the work of a domain without changes and webhooks. Another domain's work does not wait for it. */
const newWork = (): string => JSON.stringify({ domainId: newId(), changes: [] });

/** Tests the alarms of events and webhooks, and their saved queries, on a system that runs. */
export function testEventAlarms(rehearsal: Rehearsal, endpoint: Endpoint): void {
  const { system } = rehearsal;
  let domain: { domainId: string; token: string };
  let ref: { scope: string; subscriptionId: string };
  let path: string;
  let table: Table;

  beforeAll(async () => {
    Object.assign(process.env, CLIENT_VARIABLES, system.session.endpoints);
    table = openTable(system.tableName);
    domain = await rehearsal.createDomain();
    path = `/domains/${domain.domainId}/subscriptions`;
    const created = await system.admin('POST', path, {
      ...{ name: 'Product', kind: 'webhook', endpoint: endpoint.url, types: ['user.created'] },
    });
    const { subscription } = (await created.json()) as { subscription: { subscriptionId: string } };
    ref = { scope: domain.domainId, subscriptionId: subscription.subscriptionId };
    path = `${path}/${ref.subscriptionId}`;
  });

  const createUser = () => rehearsal.createUser('example.com', domain.token);
  const wake = () => system.control('POST', 'fire', { rule: 'Webhooks' });

  describe('an endpoint that fails', () => {
    let refused: Segment;
    let givenUp: Segment;
    let accepted: Segment;

    beforeAll(async () => {
      endpoint.status = 503;
      refused = await system.record(async () => {
        await createUser();
        await eventually('the refusal', async () => (await table.get(parkedKey(ref))) !== undefined);
        const failingSince = new Date(Date.now() - 2 * HOUR_MS).toISOString();
        await table.update(parkedKey(ref), { set: { failingSince } });
        await rehearsal.untilReported('WebhooksFailing', wake, 0);
        await rehearsal.untilReported('WebhookBacklogAge', wake, 0.5);
      });
      givenUp = await system.record(async () => {
        const { items } = await table.query({ pk: deferredPartition(ref.scope) });
        for (const { position } of items)
          await table.update(deferredKey(ref, Number(position)), {
            set: { retryUntil: new Date(0).toISOString() },
          });
        await system.admin('POST', `${path}/retries`);
      }, ['WebhookDeadLetters']);
      endpoint.status = 204;
      accepted = await system.record(async () => {
        await createUser();
        await system.admin('POST', `${path}/retries`);
        await rehearsal.waitFor('WebhookDelivered');
        await eventually('the end of the pause', async () => (await table.get(parkedKey(ref))) === undefined);
        await wake();
      }, ['WebhooksFailing', 'WebhookBacklogAge']);
    });

    test('sets off an alarm after an hour, until it accepts an event', () => {
      const { quiet, idle } = rehearsal;
      const timeline = rehearsal
        .timeline()
        .add(20, quiet)
        .add(25, [...refused, ...idle]);
      expect(rehearsal.run(timeline.add(40, [...accepted, ...quiet]))).toEqual(oneCause('WebhooksFailing'));
    });

    test('sets off another alarm while an event has been waiting for half of its time', () => {
      const old = refused.filter(({ name }) => name === 'WebhookBacklogAge');
      expect(rehearsal.rehearse(old, { slowness: 1e5 })).toEqual(oneCause('WebhookBacklogOld'));
    });

    test('sets off another alarm when an event is given up', () => {
      expect(rehearsal.rehearse(givenUp)).toEqual(oneCause('WebhookDeadLetters'));
    });
  });

  test.each([
    ['WebhooksLate', 'Webhooks', 'WebhooksFast'],
    ['EventsLate', 'EventFeed', 'EventFeedWorkQueue'],
  ])('%s: Lambda does not run %s', async (alarm, part, queue) => {
    let url = '';
    const fault = await system.record(() =>
      rehearsal.while('stop', { function: part }, async () => {
        url = await rehearsal.send(queue, newWork());
        await rehearsal.untilReported('ApproximateAgeOfOldestMessage', () => Promise.resolve(), 0.5, queue);
      }),
    );
    const ofQueue = fault.filter(({ dimensions }) => url.endsWith(`/${dimensions.QueueName}`));
    expect(rehearsal.rehearse(ofQueue, { slowness: 1_000 })).toEqual(oneCause(alarm));
  });

  test('a change of an item that cannot be read', async () => {
    const fault = await system.record(
      () => table.put({ ...connectionKey(domain.domainId, newId()), name: 7 }),
      ['EventUnreadable'],
    );
    expect(rehearsal.rehearse(fault)).toEqual(oneCause('EventsUnreadable'));
  });

  // Last, because the messages stay in the queues.
  test.each([
    ['WebhooksFailures', 'WebhookRunFailed'],
    ['EventFeedWorkFailures', 'EventsFailed'],
  ])('a message in the queue %s', async (queue, alarm) => {
    expect(rehearsal.rehearse(await rehearsal.message(queue))).toEqual(oneCause(alarm));
  });

  describe('the saved queries of events', () => {
    beforeAll(async () => {
      const failing = (part: string) => ({ kinds: 'unavailable', operation: 'dynamodb:', function: part });
      for (const [part, queue, query] of [
        ['EventFeed', 'EventFeedWorkQueue', 'EventsFailed/causes'],
        ['Webhooks', 'WebhooksFast', 'WebhookRunFailed/causes'],
      ] as const)
        await rehearsal.while('faults', failing(part), async () => {
          await rehearsal.send(queue, newWork());
          await rehearsal.untilFound(query, () => Promise.resolve());
          // A run of the schedule that fails writes another line.
          if (part === 'Webhooks') await wake().catch(() => undefined);
        });
    });

    test.each([
      'EventsFailed/causes',
      'EventsUnreadable/items',
      'WebhooksFailing/causes',
      'WebhookDeadLetters/events',
      'WebhooksLate/endpoints',
      'WebhookRunFailed/causes',
    ])('%s shows the cause of its fault', async (name) => {
      expect(await system.control('GET', 'insights', { name })).not.toEqual([]);
    });

    test('use only fields that lines of their log groups have', async () => {
      expect(await rehearsal.missingFields((name) => /^(Events|Webhook)/.test(name))).toEqual([]);
    });
  });
}
