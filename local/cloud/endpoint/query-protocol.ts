import type { ServiceError } from './service-error';

/** The services with the Query protocol of AWS on this endpoint, by the version of their API. */
const SERVICES: Readonly<Record<string, { readonly name: string; readonly namespace: string }>> = {
  '2010-03-31': { name: 'SNS', namespace: 'http://sns.amazonaws.com/doc/2010-03-31/' },
};

/** A request of the Query protocol: a form whose `Action` is the operation. The response is XML. */
export interface QueryRequest {
  readonly action: string;
  readonly namespace: string;
  /** The name of the operation, such as `SNS.ListSubscriptionsByTopic`. */
  readonly target: string;
  readonly input: Readonly<Record<string, string>>;
}

/** Returns the request that a body contains, or undefined if it does not use this protocol. */
export function readQueryRequest(contentType: string | undefined, body: string): QueryRequest | undefined {
  if (contentType?.startsWith('application/x-www-form-urlencoded') !== true) return undefined;
  const { Action: action = '', Version = '', ...input } = Object.fromEntries(new URLSearchParams(body));
  const { name, namespace } = SERVICES[Version] ?? { name: Version, namespace: '' };
  return { action, namespace, target: `${name}.${action}`, input };
}

/** Returns the XML of a result. A list becomes `<member>` elements, and undefined is left out. */
export const queryAnswer = ({ action, namespace }: QueryRequest, result: unknown): string =>
  `<${action}Response xmlns="${namespace}"><${action}Result>${toXml(result as XmlValue)}</${action}Result>` +
  `<ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></${action}Response>`;

/**
 * Returns the XML of an error. Its code is the type without `Exception`; SNS calls a missing permission
 * `AuthorizationError`.
 */
export function queryError({ namespace }: QueryRequest, { status, type, message }: ServiceError): string {
  const code = type === 'AccessDeniedException' ? 'AuthorizationError' : type.replace(/Exception$/, '');
  return (
    `<ErrorResponse xmlns="${namespace}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
    `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>local</RequestId></ErrorResponse>`
  );
}

type XmlValue =
  undefined | string | number | boolean | readonly XmlValue[] | { readonly [name: string]: XmlValue };

function toXml(value: XmlValue): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((each: XmlValue) => `<member>${toXml(each)}</member>`).join('');
  if (typeof value !== 'object') return escapeXml(String(value));
  return Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([name, each]) => `<${name}>${toXml(each)}</${name}>`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (found) => ENTITIES[found] ?? found);
