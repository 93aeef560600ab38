import { bruToJsonV2, jsonToBruV2 } from '@usebruno/lang';
import * as z from 'zod';

const Pair = z.object({ name: z.string(), value: z.string() });

const Body = z.object({ json: z.string().optional(), text: z.string().optional() });

const ExampleSchema = z.object({
  name: z.string(),
  description: z.string().optional(),
  request: z.object({
    url: z.string(),
    method: z.string(),
    headers: z.array(Pair).default([]),
    body: Body.extend({ mode: z.string() }),
  }),
  response: z.object({
    // Bruno parses the status as text.
    status: z.coerce.number(),
    statusText: z.string(),
    headers: z.array(Pair).default([]),
    body: z.object({ type: z.string(), content: z.string() }).optional(),
  }),
});

const FileSchema = z.object({
  meta: z.object({ name: z.string(), seq: z.coerce.number() }),
  http: z.object({ method: z.string(), url: z.string(), body: z.string(), auth: z.string() }),
  headers: z.array(Pair).default([]),
  body: Body.default({}),
  assertions: z.array(Pair).default([]),
});

const ExamplesSchema = z.object({ examples: z.array(ExampleSchema).default([]) });

/** The first line that a person did not write: an example, or a conflict that a merge left in an example. */
const END_OF_WRITTEN_PART = /^(example \{$|<{7} )/m;

/** A recorded response, as the Bruno app shows it below its request. */
export type Example = z.infer<typeof ExampleSchema>;

/** A request in which variables, such as `{{userId}}`, may stand for values. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  /** The names are in lowercase. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request file of the collection. */
export interface BruFile {
  readonly request: HttpRequest;
  /** The kind of the body: `json`, `text`, or `none`. */
  readonly bodyMode: string;
  /** Whether the request is there to show a success, and not an error. */
  readonly showsSuccess: boolean;
  readonly seq: number;
}

/** Parses a request file, without its examples. */
export function parseBruFile(text: string): BruFile {
  const { meta, http, headers, body, assertions } = FileSchema.parse(bruToJsonV2(writtenPart(text)));
  const status = assertions.find(({ name }) => name === 'res.status')?.value ?? '';
  return {
    request: {
      method: http.method.toUpperCase(),
      url: http.url,
      headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
      body: body.json ?? body.text,
    },
    bodyMode: http.body,
    showsSuccess: /^(eq|in) [23]/.test(status),
    seq: meta.seq,
  };
}

/** Parses the examples of a request file. Throws if one cannot be read. */
export const parseExamples = (text: string): readonly Example[] =>
  ExamplesSchema.parse(bruToJsonV2(text)).examples;

const writtenPart = (text: string): string => text.split(END_OF_WRITTEN_PART, 1)[0] ?? '';

/** Replaces the examples of a request file. The rest of the file stays as it was written. */
export function withExamples(text: string, examples: readonly Example[]): string {
  const enabled = (pairs: Example['response']['headers'], type?: string) =>
    pairs.map((pair) => ({ ...pair, enabled: true, ...(type && { type }) }));
  const blocks = jsonToBruV2({
    examples: examples.map(({ request, response, ...example }) => ({
      ...example,
      request: {
        ...request,
        headers: enabled(request.headers),
        params: enabled(queryOf(request.url), 'query'),
      },
      response: { ...response, headers: enabled(response.headers) },
    })),
  });
  return `${writtenPart(text).trimEnd()}\n\n${blocks.trim().replace(/[ \t]+$/gm, '')}\n`;
}

function queryOf(url: string): { name: string; value: string }[] {
  const [, query = ''] = url.split(/\?(.*)/s);
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', value = ''] = part.split(/=(.*)/s);
      return { name, value };
    });
}
