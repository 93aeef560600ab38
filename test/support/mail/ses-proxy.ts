import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, readBody } from '../../../local/host/http';

/**
 * What SES does with a request: refuses it, fails, says nothing, or sends the mail and loses its answer. The errors are
 * those of SES's query protocol.
 */
export type SesFault =
  'Throttling' | 'MessageRejected' | 'InvalidParameterValue' | 'unavailable' | 'silent' | 'lost answer';

const ERROR_MESSAGES: Partial<Record<SesFault, string>> = {
  Throttling: 'Maximum sending rate exceeded.',
  MessageRejected:
    'Email address is not verified. The following identities failed the check in region EU-WEST-1: jane.doe@example.com',
  InvalidParameterValue: 'Local address contains control or whitespace',
};

export interface SesProxy {
  readonly url: string;
  /** The faults of the next requests, in order; after them all goes through. */
  readonly faults: SesFault[];
  /** The requests that came, as their fields. */
  readonly requests: URLSearchParams[];
  close(): Promise<void>;
}

/** Stands in front of the local SES and lets it fail. */
export async function startSesProxy(sesUrl: string): Promise<SesProxy> {
  const faults: SesFault[] = [];
  const requests: URLSearchParams[] = [];

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = ((await readBody(request)) ?? '').toString();
    requests.push(new URLSearchParams(body));
    const fault = faults.shift();
    if (fault === 'silent') return;
    if (fault === 'unavailable') return void response.writeHead(503).end();
    const refusal = fault && ERROR_MESSAGES[fault];
    if (refusal)
      return void response.writeHead(400, { 'content-type': 'text/xml' }).end(errorBody(fault, refusal));

    const { authorization = '', 'content-type': contentType = '' } = request.headers;
    const sent = await fetch(sesUrl, {
      method: 'POST',
      headers: { authorization, 'content-type': contentType },
      body,
    });
    const text = await sent.text();
    if (fault === 'lost answer') return void request.socket.destroy();
    response.writeHead(sent.status, { 'content-type': 'text/xml' }).end(text);
  };
  const { url, close } = await listen((request, response) => void answer(request, response), 0);
  return { url, faults, requests, close };
}

const errorBody = (code: string, message: string): string =>
  `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code>` +
  `<Message>${message}</Message></Error><RequestId>0cb1e1d8-8a5c-4a4e-9f35-111111111111</RequestId></ErrorResponse>`;
