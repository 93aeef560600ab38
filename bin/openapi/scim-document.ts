import adminDocument from '../../docs/admin-api.openapi.json';
import { CATALOG_TYPES } from '../../shared/scim/schemas/catalog';
import { groupResourceType } from '../../shared/scim/resource-type';
import { userResourceType } from '../../shared/product/product';
import { DISCOVERY_SCHEMAS } from './discovery-schemas';
import { errorComponents, errorResponses } from './errors';
import type { JsonSchema } from './json-schema';
import { listSchema, MESSAGE_SCHEMAS } from './message-schemas';
import { operationOf, type OperationText } from './operation';
import { PARAMETERS } from './parameters';
import { resourceSchemas } from './resource-schemas';
import { SERVED_ROUTES } from './served-routes';

const SCIM_JSON = 'application/scim+json';
const refTo = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** Returns the OpenAPI 3.1 document of the SCIM API, with the schemas of the default product. */
export function scimDocument(): JsonSchema {
  return {
    openapi: '3.1.1',
    info: {
      title: 'SCIM provisioning: SCIM API',
      version: '2.0.0',
      summary: 'Users and groups (RFC 7643, RFC 7644, RFC 9865).',
      description:
        'Identity providers create, change, and delete users and groups. The properties of the schemas are those of ' +
        '`/Schemas`. Requests may deviate from them in the ways that identity providers do: names in any case, ' +
        '`"True"` for `true`, and more. Unknown attributes are ignored.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      {
        url: '{baseUrl}',
        description: 'The base URL of the deployment',
        variables: { baseUrl: { default: 'https://scim.example.com/scim/v2' } },
      },
    ],
    security: [{ scimKey: [] }, { clientCredentials: [] }],
    tags: [...new Set(SERVED_ROUTES.map((route) => operationOf(route).tag))].map((name) => ({ name })),
    paths: paths(),
    components: {
      securitySchemes: {
        scimKey: { type: 'http', scheme: 'bearer', description: 'A SCIM key of the domain.' },
        clientCredentials: {
          type: 'oauth2',
          description: 'An access token of a connection.',
          flows: {
            clientCredentials: { tokenUrl: 'https://scim.example.com/scim/oauth2/token', scopes: {} },
          },
        },
      },
      parameters: PARAMETERS,
      responses: errorComponents({ [SCIM_JSON]: { schema: refTo('Error') } }),
      schemas: { ...allSchemas(), ...readinessSchemas() },
    },
  };
}

function paths(): JsonSchema {
  const result: Record<string, Record<string, JsonSchema>> = {};
  for (const route of SERVED_ROUTES)
    (result[route.path] ??= {})[route.method.toLowerCase()] = operation(operationOf(route), route);
  return result;
}

function operation(text: OperationText, route: (typeof SERVED_ROUTES)[number]): JsonSchema {
  const { id, tag, summary, parameters, request, responses, hasVersion } = text;
  const names = [...(route.path.includes('{id}') ? ['id'] : []), ...parameters];
  const successes = Object.entries(responses).map(([status, schema]) => [
    status,
    response(DESCRIPTIONS[status] ?? '', schema, hasVersion),
  ]);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(route.access === 'anyone' && { security: [{}, { scimKey: [] }, { clientCredentials: [] }] }),
    ...(names.length > 0 && {
      parameters: names.map((name) => ({ $ref: `#/components/parameters/${name}` })),
    }),
    ...(request !== undefined && {
      requestBody: { required: true, content: { [SCIM_JSON]: { schema: refTo(request) } } },
    }),
    responses: { ...Object.fromEntries(successes), ...errorResponses(route, text) },
  };
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  200: 'Success',
  201: 'Created',
  204: 'Success, without a body',
  304: 'The client has this version',
};

const VERSION_HEADERS = {
  ETag: { description: 'The version of the resource.', schema: { type: 'string' } },
  Location: { description: 'The URI of the resource.', schema: { type: 'string', format: 'uri-reference' } },
};

function response(description: string, schema: string | undefined, hasVersion?: true): JsonSchema {
  const type = schema === 'Readiness' ? 'application/json' : SCIM_JSON;
  return {
    description,
    ...(hasVersion && { headers: VERSION_HEADERS }),
    ...(schema !== undefined && { content: { [type]: { schema: refTo(schema) } } }),
  };
}

const allSchemas = (): Record<string, JsonSchema> => ({
  ...resourceSchemas(userResourceType, true),
  ...resourceSchemas(groupResourceType, true),
  ...Object.fromEntries(CATALOG_TYPES.flatMap((type) => Object.entries(resourceSchemas(type, false)))),
  ...Object.fromEntries(
    [userResourceType, groupResourceType, ...CATALOG_TYPES].map(({ name }) => [
      `${name}List`,
      listSchema([name]),
    ]),
  ),
  UserOrGroupList: listSchema(['User', 'Group']),
  ResourceTypeList: listSchema(['ResourceType']),
  SchemaList: listSchema(['Schema']),
  ...MESSAGE_SCHEMAS,
  ...DISCOVERY_SCHEMAS,
});

/** The report is the same as that of the admin API, whose document describes it. */
function readinessSchemas(): Record<string, JsonSchema> {
  const all = adminDocument.components.schemas as unknown as Record<string, JsonSchema>;
  const found: Record<string, JsonSchema> = {};
  const add = (name: string): void => {
    const schema = all[name];
    if (!schema || found[name]) return;
    found[name] = schema;
    for (const [, other = ''] of JSON.stringify(schema).matchAll(/#\/components\/schemas\/(\w+)/g))
      add(other);
  };
  add('Readiness');
  return found;
}
