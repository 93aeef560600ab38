import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { exchange } from '../../host/exchange';
import { type Listening, listen, readBody, sendJson } from '../../host/http';
import type { Caller, Callers } from '../../cloud/callers';
import { assertAllowed, callerOf } from '../../cloud/endpoint/authorize';
import { ServiceError } from '../../cloud/endpoint/service-error';
import { AccessDenied } from '../../cloud/iam/access-denied';
import type { Iam } from '../../cloud/iam/iam';
import { arn } from '../../cloud/template/account';
import type { SesAccount } from './account';
import { type ErrorAnswer, errorAnswer, type Fault, type Faults, queryError } from './faults';
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
  readonly faults: Faults;
  readonly iam: Pick<Iam, 'authorize'>;
  readonly publish: (configurationSet: string, event: SesEvent) => void;
  /** Milliseconds by which responses to sends are delayed. @default 0 */
  readonly latencyMs?: number;
}

const XML = { 'content-type': 'text/xml' };

/**
 * Serves a proxy in front of the local SES. It checks what the caller and the account may do, and forwards sends
 * unless a fault is planned. It simulates the mailbox simulator, and responds itself to requests about the account.
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
    return void response.writeHead(200, XML).end(quotaAnswer(parts.account));
  }
  const answer = request.method === 'GET' ? describe(parts, caller, pathname) : undefined;
  if (answer) return sendJson(response, 200, answer);
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
  const { account, faults, mailUrl, publish, latencyMs = 0 } = parts;
  const mail = readSendRequest(fields);
  if (latencyMs > 0) await sleep(latencyMs);
  const [to = ''] = mail.recipients;
  const answerWith = ({ status, body: text }: ErrorAnswer) => void response.writeHead(status, XML).end(text);
  const denied = denial(parts, caller, mail);
  if (denied) return answerWith(denied);
  const fault = faults.take(to) ?? accountFault(account);
  // The client times out and closes the connection.
  if (fault === 'silent') return;
  const refusal = (fault && errorAnswer(fault)) ?? accountRefusal(mail, account);
  if (refusal) return answerWith(refusal);

  const answer = await forward(mailUrl, request, body);
  if (answer.status === 200) publishEvents(acceptedMail(fields, to, answer.text), publish);
  if (fault === 'lost-answer') return void request.socket.destroy();
  response.writeHead(answer.status, XML).end(answer.text);
}

function accountFault(account: SesAccount): Fault | undefined {
  if (account.state.paused) return 'AccountSendingPaused';
  return account.takeSend() ? undefined : 'Throttling';
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

function publishEvents(mail: AcceptedMail, publish: FrontParts['publish']): void {
  if (mail.configurationSet === '') return;
  for (const event of simulatedEvents(mail, new Date())) publish(mail.configurationSet, event);
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
