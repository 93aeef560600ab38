import { decodeUtf8 } from '../../scim/text/utf8';
import { TokenError } from './token-error';

/** An assertion has at most 16 kB; the other parameters are short. */
const MAX_BODY_BYTES = 24_576;
const MEDIA_TYPE = 'application/x-www-form-urlencoded';

/** The parameters of a form. Those without a value are left out (RFC 6749 §3.2). */
export type Form = ReadonlyMap<string, string>;

/** Reads the form in the body of a request. */
export function readForm(body: string, isBase64Encoded: boolean, contentType: string | undefined): Form {
  const mediaType = (contentType?.split(';')[0] ?? '').trim().toLowerCase();
  if (mediaType !== MEDIA_TYPE)
    throw TokenError.invalidRequest(`Send the parameters as a form, with the content type ${MEDIA_TYPE}.`);
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > MAX_BODY_BYTES)
    throw TokenError.invalidRequest(
      `The body is larger than ${MAX_BODY_BYTES} bytes. Send only the parameters.`,
    );
  const text = decodeUtf8(bytes);
  if (text === undefined) throw TokenError.invalidRequest('The body is not UTF-8. Encode the form as UTF-8.');
  return parseForm(text);
}

function parseForm(text: string): Form {
  const form = new Map<string, string>();
  const names = new Set<string>();
  for (const pair of text.split('&').filter((each) => each !== '')) {
    const at = pair.indexOf('=');
    const name = formDecode(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : formDecode(pair.slice(at + 1));
    if (name === undefined || value === undefined)
      throw TokenError.invalidRequest(
        'The body is not a valid form. Encode each name and value as a form does.',
      );
    if (names.has(name))
      throw TokenError.invalidRequest('A parameter occurs twice in the form. Send each parameter once.');
    names.add(name);
    if (value !== '') form.set(name, value);
  }
  return form;
}

/** Decodes a name or a value of a form; undefined if it is not encoded as one. */
export function formDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
