/** The part of JSON Schema that the admin API's document uses. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly description?: string;
}

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
}

type PathItem = Readonly<Record<string, Operation>> & { readonly parameters?: readonly Parameter[] };

export interface ApiDocument {
  readonly paths: Readonly<Record<string, unknown>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>;
    readonly parameters: Readonly<Record<string, unknown>>;
  };
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/**
 * Returns TypeScript for an OpenAPI document: a type per schema, and `Operations` with the input and
 * response of each.
 */
export function apiTypes(document: ApiDocument): string {
  const schemas = Object.entries(document.components.schemas as Readonly<Record<string, Schema>>);
  return (
    [
      '// Written by `npm run portal:api-types` from docs/admin-api.openapi.json; do not edit.',
      ...schemas.map(([name, schema]) => `${docComment(schema)}export type ${name} = ${typeOf(schema)};`),
      operationsInterface(document),
    ].join('\n\n') + '\n'
  );
}

function operationsInterface(document: ApiDocument): string {
  const lines = Object.entries(document.paths as Readonly<Record<string, PathItem>>).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => {
      const operation = item[method] as Operation;
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) =>
        resolveParameter(parameter, document),
      );
      return `  '${method.toUpperCase()} ${path}': {
    path: ${parametersType('path', parameters)};
    query: ${parametersType('query', parameters)};
    body: ${typeOfContent(operation.requestBody?.content)};
    response: ${typeOfContent(Object.entries(operation.responses).find(([status]) => status < '300')?.[1].content)};
  };`;
    }),
  );
  return `/** The input of each operation and its response on success. */\nexport interface Operations {\n${lines.join('\n')}\n}`;
}

function resolveParameter(parameter: Parameter, { components }: ApiDocument): Parameter {
  const name = parameter.$ref?.split('/').at(-1);
  return name ? (components.parameters[name] as Parameter) : parameter;
}

function parametersType(location: string, parameters: readonly Parameter[]): string {
  const fields = parameters
    .filter((parameter) => parameter.in === location)
    .map(({ name, required, schema }) => `${name}${required ? '' : '?'}: ${typeOf(schema)}`);
  return fields.length > 0 ? `{ ${fields.join('; ')} }` : 'undefined';
}

function typeOfContent(content: Operation['responses'][string]['content']): string {
  const [firstType] = Object.values(content ?? {});
  return firstType ? typeOf(firstType.schema) : 'undefined';
}

function typeOf(schema: Schema): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? 'unknown';
  if (schema.enum) return schema.enum.map((value) => `'${value}'`).join(' | ');
  if (schema.oneOf) return schema.oneOf.map(typeOf).join(' | ');
  if (Array.isArray(schema.type)) {
    return (schema.type as readonly string[]).map((type) => typeOf({ ...schema, type })).join(' | ');
  }
  switch (schema.type) {
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `readonly ${elementType(typeOf(schema.items ?? {}))}[]`;
    case 'object':
      return schema.properties ? objectType(schema) : `Readonly<Record<string, ${valueType(schema)}>>`;
    case undefined:
      return 'unknown';
    default:
      return schema.type as string;
  }
}

/** Returns the type of the values of an object whose properties are not named. */
const valueType = ({ additionalProperties }: Schema): string =>
  typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown';

const elementType = (type: string): string => (/^'.* \| /.test(type) ? `(${type})` : type);

function objectType({ properties = {}, required = [] }: Schema): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) =>
      `${docComment(schema)}readonly ${name}${required.includes(name) ? '' : '?'}: ${typeOf(schema)};`,
  );
  return `{\n${fields.join('\n').replace(/^/gm, '  ')}\n}`;
}

function docComment({ description }: Schema): string {
  return description ? `/** ${description} */\n` : '';
}
