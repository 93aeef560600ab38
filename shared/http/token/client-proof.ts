import { claimedClientId } from '../../service/tokens/claimed-client-id';
import type { ClientProof } from '../../service/tokens/token-issuer';
import { decodeUtf8 } from '../../scim/text/utf8';
import { type Form, formDecode } from './form';
import { TokenError } from './token-error';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * Returns how a client proves who it is: by HTTP Basic, by its secret in the form, or by an assertion.
 * Refuses more than one way at once (RFC 6749 §2.3).
 */
export function readClientProof(form: Form, authorization: string | undefined): ClientProof {
  const clientId = form.get('client_id');
  const secret = form.get('client_secret');
  const assertion = form.get('client_assertion');
  const ways = [authorization, secret, assertion].filter((way) => way !== undefined).length;
  if (ways > 1)
    throw TokenError.invalidRequest(
      'The client authenticates in more than one way. Use HTTP Basic, client_secret, or client_assertion.',
    );
  if (authorization !== undefined) return readBasic(authorization, clientId);
  if (assertion !== undefined) {
    if (form.get('client_assertion_type') !== ASSERTION_TYPE)
      throw TokenError.invalidRequest(`Send client_assertion_type=${ASSERTION_TYPE} with the assertion.`);
    return { kind: 'assertion', assertion, ...(clientId !== undefined && { clientId }) };
  }
  if (form.has('client_assertion_type'))
    throw TokenError.invalidRequest(
      'The form has a client_assertion_type without a client_assertion. Send both.',
    );
  if (secret !== undefined && clientId !== undefined) return { kind: 'secret', clientId, secret };
  throw TokenError.invalidClient(
    'The request does not authenticate the client. Send the client id and the client secret by HTTP Basic or in the ' +
      'form, or send a client assertion.',
    false,
  );
}

/** Returns the client id that a request names, although it may be malformed. Nothing is verified. */
export function readClientId(form: Form, authorization: string | undefined): string | undefined {
  const inForm = form.get('client_id');
  if (inForm !== undefined) return inForm;
  const { clientId } = authorization === undefined ? {} : partsOfBasic(authorization);
  return clientId ?? claimedClientId(form.get('client_assertion') ?? '');
}

/** Reads HTTP Basic. */
function readBasic(authorization: string, formClientId: string | undefined): ClientProof {
  const { clientId, secret } = partsOfBasic(authorization);
  if (!clientId || !secret)
    throw TokenError.invalidClient(
      'The header Authorization does not have a client id and a client secret. Send both by HTTP Basic.',
      true,
    );
  if (formClientId !== undefined && formClientId !== clientId)
    throw TokenError.invalidRequest(
      'The form has another client_id than the header Authorization. Send one.',
    );
  return { kind: 'secret', clientId, secret };
}

/** Reads the parts of HTTP Basic. Both are form-encoded in it (RFC 6749 §2.3.1). */
function partsOfBasic(authorization: string): { clientId?: string; secret?: string } {
  const [, encoded] = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization.trim()) ?? [];
  const text = encoded === undefined ? undefined : decodeUtf8(Buffer.from(encoded, 'base64'));
  const colon = text?.indexOf(':') ?? -1;
  if (text === undefined || colon < 0) return {};
  return { clientId: formDecode(text.slice(0, colon)), secret: formDecode(text.slice(colon + 1)) };
}
