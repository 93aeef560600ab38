import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import document from '../../../docs/admin-api.openapi.json';
import type { AdminResponse } from '../../support/system/admin-client';

interface DocumentedResponse {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

export interface Operation {
  readonly operationId: string;
  /** The HTTP method in upper case. */
  readonly method: string;
  /** The path template, with parameters in braces. */
  readonly path: string;
  readonly isPublic: boolean;
  /** True if somebody with a setup link may use it. */
  readonly allowsSetupLink: boolean;
  /** True if only operators may use it. */
  readonly isOperatorOnly: boolean;
  /** The responses by status. */
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

const METHODS = ['get', 'post', 'patch', 'put', 'delete'];

type PathItem = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export const OPERATIONS: readonly Operation[] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item as unknown as PathItem)
    .filter(([method]) => METHODS.includes(method))
    .map(([method, operation]) => ({
      operationId: operation.operationId as string,
      method: method.toUpperCase(),
      path,
      isOperatorOnly: String(operation.summary).endsWith('(operators)'),
      allowsSetupLink:
        Array.isArray(operation.security) &&
        operation.security.some((scheme: object) => 'setupLink' in scheme),
      isPublic: Array.isArray(operation.security) && operation.security.length === 0,
      responses: Object.fromEntries(
        Object.entries(operation.responses as Record<string, object>).map(([status, response]) => [
          status,
          resolveResponse(response),
        ]),
      ),
    })),
);

export const operationById = (operationId: string): Operation => {
  const found = OPERATIONS.find((each) => each.operationId === operationId);
  if (!found) throw new Error(`The document has no operation ${operationId}.`);
  return found;
};

function resolveResponse(response: object): DocumentedResponse {
  if (!('$ref' in response)) return response;
  const name = String(response.$ref).replace('#/components/responses/', '');
  return document.components.responses[name as keyof typeof document.components.responses];
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema({ $id: 'document', components: document.components });

/** The statuses of the response `default`, which every operation can have. */
export const ANYWHERE: readonly number[] = [405, 413, 415, 500, 503];

/**
 * Returns how the status, media type or body of a response violates the document; an empty list if it
 * conforms.
 */
export function documentViolations(
  { responses }: Operation,
  { status, headers, body }: AdminResponse,
): string[] {
  const documented = responses[status] ?? (ANYWHERE.includes(status) ? responses.default : undefined);
  if (!documented) return [`${status} is not documented: ${JSON.stringify(body)}`];
  const mediaType = headers.get('content-type')?.split(';')[0];
  if (!documented.content) return body === undefined ? [] : [`${status} has a body: ${JSON.stringify(body)}`];
  const content = documented.content[mediaType ?? ''];
  if (!content) return [`${status} comes as ${mediaType}`];
  if (mediaType === 'application/jsonl') return [];
  const validate = ajv.compile(withDocumentReferences(content.schema));
  if (validate(body)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Returns whether `value` matches the schema `name` of the document. */
export function matchesSchema(name: string, value: unknown): boolean {
  return ajv.validate({ $ref: `document#/components/schemas/${name}` }, value);
}

const withDocumentReferences = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')) as object;
