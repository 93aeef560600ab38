import { type Listening, listen, sendJson } from '../../../local/host/http';
import document from '../../../docs/admin-api.openapi.json';
import { matchesSchema, OPERATIONS, type Operation } from '../../integration/admin/admin-document';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly format?: string;
  readonly examples?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const SCHEMAS = document.components.schemas as unknown as Readonly<Record<string, Schema>>;

/** An admin API that responds to each documented operation with sample values of the response schema. */
export interface StubApi {
  readonly env: Readonly<Record<string, string>>;
  /** Returns the operations that were called since the last call of this function, e.g. `GET /me`. */
  readonly called: () => string[];
  readonly close: Listening['close'];
}

export async function stubApi(): Promise<StubApi> {
  const called: string[] = [];
  const server = await listen(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://stub');
    const path = url.pathname.replace('/admin/v1', '');
    const operation = OPERATIONS.find(
      (each) => each.method === request.method && matchesTemplate(each.path, path),
    );
    if (!operation)
      return sendJson(response, 404, { detail: `${request.method} ${path} is not documented.` });
    called.push(`${operation.method} ${operation.path}`);
    const body = Buffer.concat(await request.toArray()).toString();
    if (!acceptsBody(operation, body))
      return sendJson(response, 400, { detail: `The document has no such body: ${body}` });
    respond(operation, (status, body) =>
      body === undefined ? void response.writeHead(status).end() : sendJson(response, status, body),
    );
  }, 0);
  return {
    env: { SCIM_ADMIN_URL: `${server.url}/admin/v1`, SCIM_ADMIN_TOKEN: 'scim_admin_test' },
    called: () => called.splice(0),
    close: server.close,
  };
}

const PATHS = document.paths as unknown as Readonly<
  Record<string, Readonly<Record<string, { readonly requestBody?: { readonly content: Content } }>>>
>;
type Content = Readonly<Record<string, { readonly schema: Schema }>>;

/** Returns whether the document allows this body for the operation. */
function acceptsBody({ method, path }: Operation, body: string): boolean {
  const content = PATHS[path]?.[method.toLowerCase()]?.requestBody?.content;
  if (!content) return body === '';
  return matchesSchema(content['application/json']?.schema.$ref?.split('/').at(-1) ?? '', JSON.parse(body));
}

function respond({ responses }: Operation, send: (status: number, body?: unknown) => void): void {
  const [status, response] = Object.entries(responses).find(([each]) => each < '300') ?? ['500'];
  const [content] = Object.values(response?.content ?? {});
  send(Number(status), content && sample(content.schema));
}

const matchesTemplate = (template: string, path: string): boolean =>
  new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);

/** Returns a sample of a schema with all properties except the cursor of a next page. */
function sample({ $ref, ...schema }: Schema): unknown {
  if ($ref) return sample(SCHEMAS[$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.oneOf) return sample(schema.oneOf.at(-1) ?? {});
  if (schema.examples) return schema.examples[0];
  if (schema.enum) return schema.enum[0];
  switch (Array.isArray(schema.type) ? (schema.type as string[])[0] : schema.type) {
    case 'integer':
    case 'number':
      return 7;
    case 'boolean':
      return true;
    case 'array':
      return [sample(schema.items ?? {})];
    case 'object': {
      const properties = Object.entries(schema.properties ?? {}).filter(([name]) => name !== 'next');
      // A verification that finds problems ends with an error.
      const isFound = (name: string) => !['problems', 'duplicates'].includes(name);
      return Object.fromEntries(properties.map(([name, each]) => [name, isFound(name) ? sample(each) : []]));
    }
    default:
      return schema.format === 'date-time' ? '2026-01-31T12:00:00.123Z' : 'text';
  }
}
