import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, readBody } from '../../../local/host/http';

/**
 * A fault of SES: it refuses a request, fails, does not respond, or sends the email but its response is lost.
 * The errors have the format of SES's query protocol.
 */
export type SesFault =
  | 'Throttling'
  | 'MessageRejected'
  | 'InvalidParameterValue'
  | 'AccessDenied'
  | 'AccountSendingPausedException'
  | 'ConfigurationSetDoesNotExist'
  | 'MailFromDomainNotVerifiedException'
  | 'unavailable'
  | 'no response'
  | 'lost response';

const ERROR_MESSAGES: Partial<Record<SesFault, string>> = {
  Throttling: 'Maximum sending rate exceeded.',
  MessageRejected:
    'Email address is not verified. The following identities failed the check in region EU-WEST-1: jane.doe@example.com',
  AccessDenied:
    "User `arn:aws:sts::111122223333:assumed-role/mail/fn' is not authorized to perform `ses:SendEmail'",
  AccountSendingPausedException: 'Email sending is disabled for your account.',
  ConfigurationSetDoesNotExist: 'Configuration set license-mail does not exist.',
  MailFromDomainNotVerifiedException: 'The MAIL FROM domain is not verified.',
  InvalidParameterValue: 'Local address contains control or whitespace',
};

export interface SesProxy {
  readonly url: string;
  /** The faults of the next requests, in order. All later requests are forwarded. */
  readonly faults: SesFault[];
  /** The fields of the received requests. */
  readonly requests: URLSearchParams[];
  close(): Promise<void>;
}

/** Starts a proxy in front of the local SES that can fail. */
export async function startSesProxy(sesUrl: string): Promise<SesProxy> {
  const faults: SesFault[] = [];
  const requests: URLSearchParams[] = [];

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = ((await readBody(request)) ?? '').toString();
    requests.push(new URLSearchParams(body));
    const fault = faults.shift();
    if (fault === 'no response') return;
    if (fault === 'unavailable') return void response.writeHead(503).end();
    const errorMessage = fault && ERROR_MESSAGES[fault];
    if (errorMessage)
      return void response.writeHead(400, { 'content-type': 'text/xml' }).end(errorBody(fault, errorMessage));

    const { authorization = '', 'content-type': contentType = '' } = request.headers;
    // A client that stops waiting also ends its request to SES, so that nothing fails after the test.
    const abandoned = new AbortController();
    response.once('close', () => abandoned.abort());
    const sent = await fetch(sesUrl, {
      method: 'POST',
      signal: abandoned.signal,
      headers: { authorization, 'content-type': contentType },
      body,
    });
    const text = await sent.text();
    if (fault === 'lost response') return void request.socket.destroy();
    response.writeHead(sent.status, { 'content-type': 'text/xml' }).end(text);
  };
  const { url, close } = await listen((request, response) => {
    handle(request, response).catch(() => response.destroy());
  }, 0);
  return { url, faults, requests, close };
}

const errorBody = (code: string, message: string): string =>
  `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code>` +
  `<Message>${message}</Message></Error><RequestId>0cb1e1d8-8a5c-4a4e-9f35-111111111111</RequestId></ErrorResponse>`;
