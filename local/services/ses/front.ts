import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { exchange } from '../../host/exchange';
import { type Listening, listen, readBody, sendJson } from '../../host/http';
import type { Caller, Callers } from '../../cloud/callers';
import { assertAllowed, callerOf } from '../../cloud/endpoint/authorize';
import { ServiceError } from '../../cloud/endpoint/service-error';
import { type CallSite, type Fault, type TransportFault, TRANSPORT_FAULTS } from '../../cloud/faults/fault';
import type { Faults } from '../../cloud/faults/faults';
import { underFault } from '../../cloud/faults/transport';
import { AccessDenied } from '../../cloud/iam/access-denied';
import type { Iam } from '../../cloud/iam/iam';
import { arn } from '../../cloud/template/account';
import type { SesAccount } from './account';
import { type ErrorAnswer, errorAnswer, type PlannedFaults, queryError } from './faults';
import {
  accountRefusal,
  deniedText,
  readSendRequest,
  sendPermissions,
  type SendRequest,
} from './send-request';
import { simulatedEvents, type SesEvent, type AcceptedMail } from './simulator';

export interface FrontParts {
  /** The URL of the local SES, which shows the emails. */
  readonly mailUrl: string;
  readonly account: SesAccount;
  readonly callers: Callers;
  readonly planned: PlannedFaults;
  /** @default nothing fails */
  readonly faults?: Faults;
  readonly iam: Pick<Iam, 'authorize'>;
  readonly publish: (configurationSet: string, event: SesEvent) => void;
  /** Counts an email or an event in the metric of this name. @default nothing is counted */
  readonly count?: (name: 'Send' | SesEvent['eventType']) => void;
  /** Milliseconds by which responses to sends are delayed. @default 0 */
  readonly latencyMs?: number;
}

const XML = { 'content-type': 'text/xml' };

/**
 * Serves a proxy in front of the local SES. It checks what the caller and the account may do, and forwards
 * sends unless a fault is planned. It simulates the mailbox simulator, and responds itself to requests about
 * the account.
 */
export function serveMailFront(parts: FrontParts): Promise<Listening> {
  return listen((request, response) => {
    handle(parts, request, response).catch((error: unknown) => {
      if (error instanceof ServiceError) return refuse(response, error);
      if (!response.headersSent) response.writeHead(502);
      response.end(String(error));
    });
  }, 0);
}

async function handle(parts: FrontParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = ((await readBody(request)) ?? '').toString();
  const { pathname } = new URL(request.url ?? '/', 'http://local');
  const caller = callerOf(parts.callers, request.headers, 403);
  const fields = new URLSearchParams(body);
  if (request.method === 'POST' && fields.get('Action') === 'SendEmail')
    return send(parts, caller, { fields, body }, request, response);
  if (request.method === 'POST' && fields.get('Action') === 'GetSendQuota') {
    assertAllowed(parts.iam, caller, { action: 'ses:GetSendQuota', resource: '*' }, 403);
    const site = { function: caller.name, operation: 'ses:GetSendQuota', text: () => body };
    const carryOut = () => Promise.resolve({ status: 200, body: quotaAnswer(parts.account) });
    const answer = await sendUnderFault(parts, caller, site, response, carryOut, queryFailure);
    return void (answer && response.writeHead(answer.status, XML).end(answer.body));
  }
  if (request.method === 'GET') {
    const site = { function: caller.name, operation: 'ses:Get', about: pathname, text: () => pathname };
    const carryOut = () => Promise.resolve({ body: describe(parts, caller, pathname) });
    const error = (kind: ErrorKind) => restError(kind);
    const answer = await sendUnderFault(parts, caller, site, response, carryOut, error);
    if (!answer) return;
    if (answer.body) return sendJson(response, 200, answer.body);
  }
  throw new ServiceError(
    501,
    'NotImplementedException',
    `The local SES does not emulate ${request.method} ${pathname} ${fields.get('Action') ?? ''}`,
  );
}

const quotaAnswer = ({ quota }: SesAccount): string =>
  '<GetSendQuotaResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><GetSendQuotaResult>' +
  Object.entries(quota)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('') +
  '</GetSendQuotaResult><ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></GetSendQuotaResponse>';

/** Responds to the operations of SES API v2 on the account and its identities. */
function describe({ account, iam }: FrontParts, caller: Caller, pathname: string): object | undefined {
  const allow = (action: string, resource: string) =>
    assertAllowed(iam, caller, { action: `ses:${action}`, resource }, 403);
  if (pathname === '/v2/email/account') {
    allow('GetAccount', '*');
    return account.account();
  }
  const [, encoded] = /^\/v2\/email\/identities\/([^/]+)$/.exec(pathname) ?? [];
  if (encoded === undefined) return undefined;
  const name = decodeURIComponent(encoded);
  allow('GetEmailIdentity', arn('ses', `identity/${name}`));
  const identity = account.identity(name);
  if (identity) return identity;
  throw new ServiceError(404, 'NotFoundException', `Email identity ${name} does not exist.`);
}

function refuse(response: ServerResponse, { status, type, message }: ServiceError): void {
  response.setHeader('x-amzn-errortype', type);
  sendJson(response, status, { message });
}

async function send(
  parts: FrontParts,
  caller: Caller,
  { fields, body }: { fields: URLSearchParams; body: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { account, planned, mailUrl, count, latencyMs = 0 } = parts;
  const mail = readSendRequest(fields);
  if (latencyMs > 0) await sleep(latencyMs);
  const [to = ''] = mail.recipients;
  const answerWith = ({ status, body: text }: ErrorAnswer) => void response.writeHead(status, XML).end(text);
  const denied = denial(parts, caller, mail);
  if (denied) return answerWith(denied);
  const fault = planned.take(to) ?? (account.state.paused ? 'AccountSendingPaused' : undefined);
  // The client times out and closes the connection.
  if (fault === 'silent') return;
  const refusal = (fault && errorAnswer(fault)) ?? accountRefusal(mail, account);
  if (refusal) return answerWith(refusal);

  const accept = async () => {
    const answer = await forward(mailUrl, request, body);
    if (answer.status === 200) count?.('Send');
    if (answer.status === 200) publishEvents(acceptedMail(fields, to, answer.text), parts);
    return { status: answer.status, body: answer.text };
  };
  const site = { function: caller.name, operation: 'ses:SendEmail', about: to, text: () => body };
  const answer = await sendUnderFault(parts, caller, site, response, accept, queryFailure);
  if (!answer) return;
  if (fault === 'lost-answer') return void request.socket.destroy();
  answerWith(answer);
}

type ErrorKind = Extract<TransportFault, 'throttling' | 'internal' | 'unavailable'>;

/** Returns undefined if an injected fault has closed the connection. Calls of programs do not fail. */
async function sendUnderFault<T>(
  { faults }: FrontParts,
  caller: Caller,
  site: CallSite,
  response: ServerResponse,
  carryOut: () => Promise<T>,
  error: (kind: ErrorKind) => T | ServiceError,
): Promise<T | undefined> {
  const fault: Fault<TransportFault> | undefined = caller.role && faults?.take(site, TRANSPORT_FAULTS);
  if (!fault || !faults) return carryOut();
  return underFault({ fault, faults, caller, response, carryOut, error });
}

const QUERY_ERRORS = {
  throttling: 'Throttling',
  internal: 'InternalFailure',
  unavailable: 'ServiceUnavailable',
} as const;

const queryFailure = (kind: ErrorKind): ErrorAnswer => errorAnswer(QUERY_ERRORS[kind]) as ErrorAnswer;

function restError(kind: ErrorKind): ServiceError {
  if (kind === 'throttling') return new ServiceError(429, 'TooManyRequestsException', 'Rate exceeded');
  return kind === 'internal'
    ? new ServiceError(500, 'InternalServiceErrorException', 'Internal error')
    : new ServiceError(503, 'ServiceUnavailableException', 'Service is unavailable.');
}

function denial({ account, iam }: FrontParts, caller: Caller, mail: SendRequest): ErrorAnswer | undefined {
  try {
    for (const permission of sendPermissions(mail, account)) iam.authorize(caller, permission);
    return undefined;
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    return queryError(403, 'AccessDenied', deniedText(error));
  }
}

function publishEvents(mail: AcceptedMail, { count, publish }: FrontParts): void {
  for (const event of simulatedEvents(mail, new Date())) {
    count?.(event.eventType);
    if (mail.configurationSet !== '') publish(mail.configurationSet, event);
  }
}

function acceptedMail(fields: URLSearchParams, to: string, answer: string): AcceptedMail {
  const tags: Record<string, string> = {};
  for (let at = 1; fields.has(`Tags.member.${at}.Name`); at++) {
    tags[fields.get(`Tags.member.${at}.Name`) ?? ''] = fields.get(`Tags.member.${at}.Value`) ?? '';
  }
  return {
    messageId: /<MessageId>([^<]*)</.exec(answer)?.[1] ?? '',
    source: fields.get('Source') ?? '',
    to,
    configurationSet: fields.get('ConfigurationSetName') ?? '',
    tags,
  };
}

async function forward(
  mailUrl: string,
  { method, url = '/', headers }: IncomingMessage,
  body: string,
): Promise<{ status: number; contentType: string; text: string }> {
  const { authorization = '', 'content-type': contentType = '' } = headers;
  const answer = await exchange(mailUrl + url, {
    method,
    headers: { authorization, 'content-type': contentType },
    ...(method !== 'GET' && method !== 'HEAD' && { body }),
  });
  return { status: answer.status, contentType: answer.headers['content-type'] ?? '', text: answer.text };
}
