import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import document from '../../docs/scim-api.openapi.json';

/** A response of the SCIM API. `path` is below the base URL, without the query. */
export interface DocumentedResponse {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The parsed body; undefined if it is empty. */
  readonly body: unknown;
}

interface Documented {
  readonly responses: Readonly<Record<string, { content?: Record<string, { schema: { $ref: string } }> }>>;
}

const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true, validateFormats: true }));
ajv.addSchema(document, 'scim');

const TEMPLATES = Object.keys(document.paths)
  // A path without parameters comes first: `/Users/.search` also looks like `/Users/{id}`.
  .sort((one, other) => Number(one.includes('{')) - Number(other.includes('{')))
  .map((template) => ({
    template,
    pattern: new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
  }));

/**
 * Returns what is wrong with a response by the document, as sentences. Its status must be one of those of
 * the operation. Other paths and methods may have any error.
 */
export function responseProblems({ method, path, status, body }: DocumentedResponse): string[] {
  // Some clients put a slash after the base URL.
  const plain = `/${path}`.replace(/\/{2,}/g, '/');
  const template = TEMPLATES.find(({ pattern }) => pattern.test(plain))?.template;
  const operation = (document.paths as unknown as Record<string, Record<string, Documented>>)[
    template ?? ''
  ]?.[method.toLowerCase()];
  const isError = status >= 400;
  if (!operation && !isError) return [`The document has no ${method} ${path}.`];
  const response = operation?.responses[String(status)] ?? (status >= 500 && operation?.responses['5XX']);
  if (operation && !response) return [`${method} ${template} has no response ${status}.`];
  if (isError || !response) return schemaProblems('#/components/schemas/Error', body);
  const reference = Object.values(response.content ?? {})[0]?.schema.$ref;
  if (reference === undefined) return body === undefined ? [] : [`${method} ${template} has a body.`];
  return schemaProblems(reference, body);
}

function schemaProblems(reference: string, body: unknown): string[] {
  const validate = ajv.getSchema(`scim${reference}`);
  if (!validate) throw new Error(`The document has no ${reference}.`);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
  );
}
