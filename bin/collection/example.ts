import { STATUS_CODES } from 'node:http';
import { abridged } from './abridged';
import type { Example } from './bru-file';
import type { CollectionRequest } from './collection-files';
import { apiOf } from './cases/cases-of';
import type { ExampleCase } from './cases/example-case';
import type { HttpResponse } from './http';
import type { StableValues } from './stable-values';

/** The headers that a client reads. Others, such as `date`, belong to the connection or to AWS. */
const HEADERS = [
  'allow',
  'cache-control',
  'content-disposition',
  'content-location',
  'content-type',
  'etag',
  'location',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'vary',
  'www-authenticate',
];

const SHORTENED = 'Long lists and texts are shortened.';

/** Makes the example of a response. Without a case, it is the response to the request itself. */
export function toExample(
  file: CollectionRequest,
  exampleCase: ExampleCase | undefined,
  response: HttpResponse,
  stable: StableValues,
): Example {
  const shown = exampleCase ? exampleCase.show(file.request) : file.request;
  const contentType = response.headers['content-type'] ?? '';
  const body = abridged(stable.text(response.body, file.path), contentType, file.path);
  const description = [exampleCase?.description, body?.isShortened && SHORTENED].filter(Boolean).join(' ');
  // The local mailbox is not part of the service.
  const names = apiOf(file).api === 'mailbox' ? ['content-type'] : HEADERS;
  const statusText = STATUS_CODES[response.status] ?? '';
  return {
    name: exampleCase?.name ?? statusText,
    ...(description !== '' && { description }),
    request: {
      url: shown.url,
      method: shown.method.toLowerCase(),
      headers: pairs(shown.headers),
      body: { mode: file.bodyMode, ...(shown.body !== undefined && { [file.bodyMode]: shown.body }) },
    },
    response: {
      status: response.status,
      statusText,
      headers: pairs(response.headers)
        .filter(({ name }) => names.includes(name))
        .map(({ name, value }) => ({ name, value: stable.text(stableHeader(name, value), file.path) })),
      ...(body && { body: { type: body.type, content: body.content } }),
    },
  };
}

/** Replaces a number of seconds, which depends on the clock. */
const stableHeader = (name: string, value: string): string => (name === 'retry-after' ? '9' : value);

const pairs = (headers: Readonly<Record<string, string>>): { name: string; value: string }[] =>
  Object.entries(headers)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => ({ name, value }));
