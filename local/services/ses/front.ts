import type { IncomingMessage, ServerResponse } from 'node:http';
import { exchange } from '../../host/exchange';
import { type Listening, listen, readBody, sendJson } from '../../host/http';
import type { SesAccount } from './account';
import { errorAnswer, type Faults } from './faults';
import { simulatedEvents, type SesEvent, type AcceptedMail } from './simulator';

export interface FrontParts {
  /** The URL of the local SES, which shows the emails. */
  readonly mailUrl: string;
  readonly account: SesAccount;
  readonly faults: Faults;
  readonly publish: (configurationSet: string, event: SesEvent) => void;
}

const XML = { 'content-type': 'text/xml' };

/**
 * Serves a proxy in front of the local SES. It forwards sends unless a fault is planned, simulates the
 * mailbox simulator, and responds itself to requests about the account.
 */
export function serveMailFront(parts: FrontParts): Promise<Listening> {
  return listen((request, response) => {
    handle(parts, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(502);
      response.end(String(error));
    });
  }, 0);
}

async function handle(parts: FrontParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = ((await readBody(request)) ?? '').toString();
  const { pathname } = new URL(request.url ?? '/', 'http://local');
  const [, identity] = /^\/v2\/email\/identities\/([^/]+)$/.exec(pathname) ?? [];
  if (request.method === 'GET' && pathname === '/v2/email/account')
    return sendJson(response, 200, parts.account.account());
  if (request.method === 'GET' && identity !== undefined)
    return sendJson(response, 200, parts.account.identity(decodeURIComponent(identity)));

  const fields = new URLSearchParams(body);
  if (request.method === 'POST' && fields.get('Action') === 'SendEmail')
    return send(parts, { fields, body }, request, response);
  const answer = await forward(parts.mailUrl, request, body);
  response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.text);
}

async function send(
  { account, faults, mailUrl, publish }: FrontParts,
  { fields, body }: { fields: URLSearchParams; body: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const to = fields.get('Destination.ToAddresses.member.1') ?? '';
  const fault = faults.take(to) ?? (account.state.paused ? 'AccountSendingPaused' : undefined);
  // The client times out and closes the connection.
  if (fault === 'silent') return;
  const refusal = fault && errorAnswer(fault);
  if (refusal) return void response.writeHead(refusal.status, XML).end(refusal.body);

  const answer = await forward(mailUrl, request, body);
  if (answer.status === 200) publishEvents(acceptedMail(fields, to, answer.text), publish);
  if (fault === 'lost-answer') return void request.socket.destroy();
  response.writeHead(answer.status, XML).end(answer.text);
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
