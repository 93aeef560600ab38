import { maskLocalParts } from './error-fields';

/** The longest text that a log line contains. */
const MAX_LENGTH = 2_000;
/** A text is cut after it is masked, so that no part of a secret remains at its end. */
const MARGIN = 500;

/** The forms of secrets, and what replaces them. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  // V8 quotes a piece of the text that it could not parse.
  [/Unexpected [^]*?is not valid JSON/g, 'The text is not valid JSON'],
  [/\b(Bearer|Basic)\s+[^\s",;]+/gi, '$1 ***'],
  // SCIM keys, the admin token, and the tokens of setup links.
  [/\bscim_(?:admin_|setup_|[0-9a-f]{8}-)[\w-]+/g, 'scim_***'],
  // Setup links: the id of the domain, the id of the link, and the secret.
  [/(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.|%2e)){2}[\w-]+/gi, '***.***.***'],
  // Client secrets, the events tokens of products, and the signing secrets of webhooks.
  [/\b(scimsecret_|scimevents_)[\w-]+/g, '$1***'],
  [/\bwhsec_[\w+/=-]+/g, 'whsec_***'],
  // License keys.
  [/\b[0-9a-z]{5}(?:-[0-9a-z]{5}){4}\b/gi, '*****-*****-*****-*****-*****'],
  // Tokens of an OpenID issuer.
  [/\beyJ[\w-]{8,}(?:\.[\w-]+)+/g, 'eyJ***'],
];

/** Masks email addresses, license keys, and credentials in a text of a log line. */
export function maskSecrets(text: string): string {
  const masked = SECRETS.reduce(
    (rest, [pattern, replacement]) => rest.replace(pattern, replacement),
    text.slice(0, MAX_LENGTH + MARGIN),
  );
  return (masked.includes('@') ? maskLocalParts(masked) : masked).slice(0, MAX_LENGTH);
}

/**
 * Returns what a log line says of an error. Other properties are left out: errors of DynamoDB contain items,
 * and errors of HTTP clients contain requests.
 */
export function describeError(error: Error, depth = 0): Readonly<Record<string, unknown>> {
  const { name, message, stack, cause } = error;
  return {
    name,
    message: maskSecrets(message),
    ...(stack !== undefined && { stack: maskSecrets(stack) }),
    ...(cause instanceof Error && depth < 3 && { cause: describeError(cause, depth + 1) }),
  };
}

/**
 * The fields that Lambda, API Gateway, or the logger set. They contain no text of clients, and each line has
 * them.
 */
const OWN_FIELDS = new Set([
  ...['level', 'timestamp', 'service', 'requestId'],
  ...['function_name', 'function_arn', 'function_request_id'],
]);

/** Prepares a value of a log line, as the replacer of `JSON.stringify`. */
export function loggable(key: string, value: unknown): unknown {
  if (typeof value === 'string') return OWN_FIELDS.has(key) ? value : maskSecrets(value);
  return value instanceof Error ? describeError(value) : value;
}

/** Returns an error that may reach the log of Lambda: without properties, and with masked texts. */
export function safeError(error: unknown): Error {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const safe = new Error(maskSecrets(message));
  safe.name = name;
  if (stack !== undefined) safe.stack = maskSecrets(stack);
  return safe;
}
