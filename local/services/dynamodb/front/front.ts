import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Callers } from '../../../cloud/callers';
import { assertAllowed, callerOf } from '../../../cloud/endpoint/authorize';
import { ServiceError } from '../../../cloud/endpoint/service-error';
import type { Faults } from '../../../cloud/faults/faults';
import type { Iam } from '../../../cloud/iam/iam';
import { exchange } from '../../../host/exchange';
import { type Listening, listen, readBody } from '../../../host/http';
import type { WireResponse } from '../wire-response';
import type { ControlPlane } from '../control/control-plane';
import type { Conflicts, Send } from '../conflicts/conflicts';
import { type FaultyRequest, sendUnderFault } from '../faults/send-under-fault';
import type { IndexLag } from '../index-lag/index-lag';
import { measured } from '../meter/capacity';
import type { Meter } from '../meter/meter';
import type { TableMetrics } from '../table-metrics';
import type { Throughput } from '../throughput/throughput';
import { type EncryptionKeys, NO_KEYS } from '../../kms/encryption-keys';
import { permissionsOf, withKeyPermissions } from './permissions';
import type { TableKeys } from './table-keys';
import type { Latency } from './latency';

const FORWARDED = ['content-type', 'x-amz-target', 'x-amz-date', 'authorization'];
const JSON_TYPE = 'application/x-amz-json-1.0';

export interface FrontParts {
  /** The URL of the engine. */
  readonly engine: string;
  readonly callers: Callers;
  /** @default nothing fails */
  readonly faults?: Faults;
  readonly iam: Pick<Iam, 'authorize'>;
  /** Undefined while the cloud starts. */
  readonly tables: () => TableKeys | undefined;
  /** @default AWS's own keys encrypt all tables */
  readonly keys?: () => EncryptionKeys;
  /** Carries out what the engine lacks. @default the engine gets all operations */
  readonly control?: Pick<ControlPlane, 'run'>;
  /** Undefined if transactions never conflict. */
  readonly conflicts: Conflicts | undefined;
  /** Undefined if partition keys have no limit. */
  readonly throughput: Throughput | undefined;
  /** Undefined if indexes do not lag. */
  readonly indexLag: IndexLag | undefined;
  /** Undefined if the cloud does not measure. */
  readonly meter: Meter | undefined;
  /** @default nothing is reported */
  readonly metrics?: TableMetrics;
  /** @default responses are not delayed */
  readonly latency?: Latency;
}

/**
 * Starts a proxy in front of the engine. It checks permissions, refuses requests that conflict with a
 * transaction or exceed the limits of a partition key, lets indexes lag, and measures the capacity that
 * functions consume.
 */
export function startFront(parts: FrontParts): Promise<Listening> {
  const all = { ...parts, begun: new Set<unknown>() };
  return listen((message, response) => {
    handle(all, message, response).catch((error: unknown) => {
      if (error instanceof ServiceError) return refuse(response, error);
      response
        .writeHead(502, { 'content-type': 'application/json' })
        .end(JSON.stringify({ message: String(error) }));
    });
  }, 0);
}

async function handle(
  parts: FrontParts & Pick<FaultyRequest, 'begun'>,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { engine, callers, faults, begun, iam, tables, conflicts, throughput, indexLag } = parts;
  const { meter, metrics, latency, keys = () => NO_KEYS } = parts;
  const startedAt = Date.now();
  const operation = String(message.headers['x-amz-target']).split('.')[1] ?? '';
  const text = (await readBody(message))?.toString() ?? '';
  const request = JSON.parse(text === '' ? '{}' : text) as Record<string, unknown>;
  const caller = callerOf(callers, message.headers, 400);
  const known = tables();
  if (!known) throw new ServiceError(503, 'ServiceUnavailable', 'The system is still starting.');
  if (operation === 'CreateTable') known.learn(request);
  for (const permission of withKeyPermissions(permissionsOf(operation, request, known), keys()))
    assertAllowed(iam, caller, permission, 400);
  const controlled = await parts.control?.run(operation, request);
  if (controlled) return respond(response, controlled);
  const latencyMs = latency?.of(caller) ?? 0;
  if (latencyMs > 0) await sleep(latencyMs);
  const forward: Send = async (sent) => {
    const { status, text } = await exchange(engine, {
      method: message.method,
      headers: Object.fromEntries(FORWARDED.map((name) => [name, String(message.headers[name] ?? '')])),
      body: JSON.stringify(meter || throughput || metrics ? measured(operation, sent) : sent),
    });
    return { status, body: JSON.parse(text) as Record<string, unknown> };
  };
  const lag: Send = (sent) => (indexLag ? indexLag.run(operation, sent, forward) : forward(sent));
  const guard: Send = (sent) => (conflicts ? conflicts.run(operation, sent, lag, caller.name) : lag(sent));
  const carryOut = async (sent: Record<string, unknown>): Promise<WireResponse> => {
    // A request that is throttled must not hold items, or it would cancel transactions that could run.
    const answer = await (throughput ? throughput.run(operation, sent, guard) : guard(sent));
    metrics?.consumed(operation, sent, answer);
    // Programs are not measured.
    if (caller.role) await meter?.record(caller, operation, sent, answer.body);
    if (sent.ReturnConsumedCapacity === undefined) delete answer.body.ConsumedCapacity;
    return answer;
  };
  const keyNames = (table: string) => known.keyNamesOf(table);
  const answer =
    faults && caller.role
      ? await sendUnderFault({ faults, begun, caller, operation, request, response, keyNames, carryOut })
      : await carryOut(request);
  if (!answer) return;
  metrics?.answered(operation, request, answer, Date.now() - startedAt);
  respond(response, answer);
}

function respond(response: ServerResponse, { status, body }: WireResponse): void {
  response.writeHead(status, { 'content-type': JSON_TYPE }).end(JSON.stringify(body));
}

/** DynamoDB prefixes its own errors and those that all services share differently. */
function refuse(response: ServerResponse, { status, type, message }: ServiceError): void {
  response
    .writeHead(status, { 'content-type': JSON_TYPE })
    .end(JSON.stringify({ __type: `com.amazon.coral.service#${type}`, Message: message, message }));
}
