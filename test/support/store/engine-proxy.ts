import type { IncomingMessage, ServerResponse } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { listen, readBody } from '../../../local/host/http';
import { Table } from '../../../shared/store/table/table';
import { systemTable } from '../consistency/domain-data';
import { session } from '../system/system';

/** How the front treats a request that would go to the engine. */
export type Fault =
  /** Not executed: a busy item stood in the way. Of a transaction that came through already, DynamoDB never says so. */
  | { readonly kind: 'conflict' }
  /** Executed, but the connection is cut before the answer. */
  | { readonly kind: 'lostAnswer' }
  /** Executed, but the answer is that it is not finished yet. */
  | { readonly kind: 'inProgress' }
  /** A BatchGetItem of which only the first `served` keys are looked up. */
  | { readonly kind: 'unprocessed'; readonly served: number }
  /** Runs `act` first, then the request: what somebody else does just before. */
  | { readonly kind: 'after'; readonly act: () => Promise<void> };

export interface EngineProxy {
  /** The system's own table, or the one that was named, reached through the front. */
  readonly table: Table;
  /** The next requests of `operation` meet these faults, one each; those after them meet none. */
  readonly injectFaults: (operation: string, ...faults: Fault[]) => void;
  /** Operations that reached the front since the last call. */
  readonly takeOperations: () => string[];
  readonly close: () => Promise<void>;
}

/** A front to the engine for what it never does by itself. */
export async function startEngineProxy(tableName?: string): Promise<EngineProxy> {
  const name = tableName ?? (await systemTable()).name;
  const engine = session().endpoints.AWS_ENDPOINT_URL_DYNAMODB ?? '';
  const planned: { operation: string; fault: Fault }[] = [];
  const executed = new Set<unknown>();
  let seen: string[] = [];

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const operation = String(message.headers['x-amz-target']).split('.')[1] ?? '';
    const body = JSON.parse((await readBody(message))?.toString() ?? '{}') as Record<string, unknown>;
    seen.push(operation);
    const at = planned.findIndex((plan) => plan.operation === operation);
    const fault = at < 0 ? undefined : planned.splice(at, 1)[0]?.fault;
    if (fault?.kind === 'conflict' && !executed.has(body.ClientRequestToken))
      return sendJson(response, 400, conflictResponse(body));
    if (fault?.kind === 'after') await fault.act();
    if (fault?.kind === 'unprocessed' && fault.served === 0)
      return sendJson(response, 200, { Responses: {}, UnprocessedKeys: body.RequestItems });
    const left = fault?.kind === 'unprocessed' ? withholdKeys(body, fault.served) : {};
    const answer = await fetch(engine, {
      method: 'POST',
      headers: Object.fromEntries(
        ['content-type', 'x-amz-target', 'x-amz-date', 'authorization'].map((name) => [
          name,
          String(message.headers[name]),
        ]),
      ),
      body: JSON.stringify(body),
    });
    const payload = (await answer.json()) as object;
    if (answer.ok && body.ClientRequestToken) executed.add(body.ClientRequestToken);
    if (fault?.kind === 'lostAnswer') return void response.destroy();
    if (fault?.kind === 'inProgress') return sendJson(response, 400, IN_PROGRESS);
    sendJson(
      response,
      answer.status,
      fault?.kind === 'unprocessed' ? { ...payload, UnprocessedKeys: left } : payload,
    );
  };

  const front = await listen((message, response) => {
    handle(message, response).catch(() => response.destroy());
  }, 0);
  // As many requests at once as a test makes: the SDK's own 50 sockets would put them into a line.
  const requestHandler = { httpAgent: { maxSockets: 500 } };
  const client = new DynamoDBClient({ endpoint: front.url, maxAttempts: 4, requestHandler });
  const documentClient = DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
  });
  const table = new Table(name, documentClient);
  return {
    table,
    injectFaults: (operation, ...faults) => planned.push(...faults.map((fault) => ({ operation, fault }))),
    takeOperations: () => {
      const operations = seen;
      seen = [];
      return operations;
    },
    close: async () => {
      client.destroy();
      await front.close();
    },
  };
}

function sendJson(response: ServerResponse, status: number, payload: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(payload));
}

const IN_PROGRESS = {
  __type: 'com.amazonaws.dynamodb.v20120810#TransactionInProgressException',
  Message: 'The transaction with the given request token is already in progress.',
};

function conflictResponse(body: Record<string, unknown>): object {
  const reasons = (body.TransactItems as unknown[]).map((_, at) => ({
    Code: at === 0 ? 'TransactionConflict' : 'None',
  }));
  return {
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    CancellationReasons: reasons,
  };
}

/** Takes all keys but the first `served` out of a BatchGetItem, and returns them as the engine would. */
function withholdKeys(body: Record<string, unknown>, served: number): Record<string, unknown> {
  const items = body.RequestItems as Record<string, { Keys: unknown[] }>;
  return Object.fromEntries(
    Object.entries(items).map(([name, wanted]) => {
      const left = { ...wanted, Keys: wanted.Keys.slice(served) };
      wanted.Keys = wanted.Keys.slice(0, served);
      return [name, left];
    }),
  );
}
