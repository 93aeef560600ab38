import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Listening, listen, readBody, sendJson } from '../../host/http';
import type { ApiGatewayControl, RestAnswer, RestCall } from '../../services/api-gateway/control/operations';
import type { Parameters } from '../../services/ssm/parameters';
import type { Secrets } from '../../services/secrets-manager/secrets';
import { ServiceError } from './service-error';
import type { Sqs } from '../../services/sqs/operations';

export interface ControlParts {
  readonly secrets: Secrets;
  readonly parameters: Parameters;
  readonly sqs: Sqs;
  readonly apiGateway: ApiGatewayControl;
  /** The host's own operations, below `/_local`. */
  readonly local: LocalOperations;
}

export type LocalOperations = Readonly<Record<string, (call: RestCall) => unknown>>;

/** Where the host's own operations are, beside those of the services. */
export const LOCAL_PATH = '_local';

/** Serves Secrets Manager, SSM, SQS, API Gateway's control plane and the host's own operations on one port. */
export function serveControl(parts: () => ControlParts, port = 0): Promise<Listening> {
  return listen((message, response) => handle(parts, message, response), port);
}

async function handle(
  parts: () => ControlParts,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const body = ((await readBody(message)) ?? Buffer.alloc(0)).toString();
    rejectBrowsers(message);
    const { status, body: answer } = await answerTo(parts(), message, body === '' ? {} : JSON.parse(body));
    sendJson(response, status, answer);
  } catch (error) {
    const known =
      error instanceof ServiceError ? error : new ServiceError(500, 'InternalFailure', String(error));
    response.setHeader('x-amzn-errortype', known.type);
    sendJson(response, known.status, { __type: known.type, message: known.message });
  }
}

async function answerTo(parts: ControlParts, message: IncomingMessage, body: unknown): Promise<RestAnswer> {
  const target = message.headers['x-amz-target'];
  if (typeof target === 'string')
    return { status: 200, body: await jsonOperation(parts, target, body as object) };
  const { pathname, searchParams } = new URL(message.url ?? '/', 'http://local');
  const path = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const call = { method: message.method ?? 'GET', path, query: searchParams, body };
  if (path[0] !== LOCAL_PATH) return parts.apiGateway.answer(call);
  const operation = parts.local[`${call.method} ${path.slice(1, 2).join('/')}`];
  if (!operation) throw new ServiceError(404, 'NotFoundException', `There is no ${call.method} ${pathname}.`);
  return { status: 200, body: await operation(call) };
}

function jsonOperation(
  { secrets, parameters, sqs }: ControlParts,
  target: string,
  body: object,
): object | Promise<object> {
  switch (target) {
    case 'secretsmanager.GetSecretValue':
      return secrets.getSecretValue(body);
    case 'secretsmanager.PutSecretValue':
      return secrets.putSecretValue(body);
    case 'AmazonSSM.GetParameter':
      return parameters.getParameter(body);
    case 'AmazonSQS.SendMessage':
      return sqs.sendMessage(body);
    case 'AmazonSQS.ReceiveMessage':
      return sqs.receiveMessage(body);
    case 'AmazonSQS.DeleteMessage':
      return sqs.deleteMessage(body);
    default:
      throw new ServiceError(400, 'UnknownOperationException', `The local host does not know ${target}.`);
  }
}

/** A web page must not reach this port, neither across origins nor through a name that was made to mean 127.0.0.1. */
function rejectBrowsers({ headers }: IncomingMessage): void {
  const host = headers.host?.replace(/:\d+$/, '');
  if (headers.origin === undefined && (host === '127.0.0.1' || host === 'localhost')) return;
  throw new ServiceError(403, 'AccessDeniedException', 'This port is for programs on this machine.');
}
