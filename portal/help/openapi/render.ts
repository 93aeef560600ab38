import type { HelpNode } from '../../src/help/tree';
import { anchorNamer } from '../anchors';
import { type Document, parseText } from '../markdown';
import {
  METHODS,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  resolve,
  type Schema,
} from './document';
import { code, limitsOf, schemaAnchor, typeOf } from './schema-text';

interface PlacedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
}

/** Renders an OpenAPI document as a page: the operations by tag, then the schemas. */
export function renderOpenApi(file: string, document: OpenApiDocument): Document {
  const anchorOf = anchorNamer();
  const operations = operationsOf(document);
  const text = (markdown: string | undefined) => (markdown ? parseText(file, markdown) : []);
  const content: HelpNode[] = [
    ...text(document.info.description),
    p('The same as a file: ', { tag: 'a', href: `/help/${file}`, children: [file] }),
  ];
  for (const { name, description } of document.tags ?? []) {
    content.push({ tag: 'h2', id: anchorOf(name), children: [titleCase(name)] }, ...text(description));
    for (const { method, path, operation, parameters } of operations) {
      if (!operation.tags?.includes(name)) continue;
      content.push(
        {
          tag: 'h3',
          id: anchorOf(operation.operationId),
          children: [operation.summary ?? operation.operationId],
        },
        p(code(`${method.toUpperCase()} ${path}`)),
        ...text(operation.description),
        ...parameterTable(parameters),
        ...requestOf(operation),
        ...responseTable(document, operation),
      );
    }
  }
  content.push({ tag: 'h2', id: anchorOf('schemas'), children: ['Schemas'] });
  for (const [name, schema] of Object.entries(document.components.schemas ?? {}))
    content.push(
      { tag: 'h3', id: schemaAnchor(name), children: [name] },
      ...text(schema.description),
      ...propertyTable(schema),
    );
  return { title: document.info.title, content };
}

function operationsOf(document: OpenApiDocument): PlacedOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) =>
        resolve<Parameter>(document, parameter),
      );
      return [{ method, path, operation, parameters }];
    }),
  );
}

function parameterTable(parameters: readonly Parameter[]): HelpNode[] {
  return table(
    ['parameter', 'type', 'description'],
    parameters.map(({ name, in: place, required, description, schema = {} }) => [
      [code(name)],
      typeOf(schema),
      sentences(`In the ${place}${required ? ', required' : ''}`, description, limitsOf(schema)),
    ]),
  );
}

function requestOf({ requestBody }: Operation): HelpNode[] {
  const [[type, { schema = {} }] = ['', {}]] = Object.entries(requestBody?.content ?? {});
  if (type === '') return [];
  const body = p('Body: ', ...typeOf(schema), ` as ${type}${requestBody?.required ? ', required' : ''}.`);
  return schema.$ref === undefined ? [body, ...propertyTable(schema)] : [body];
}

function responseTable(document: OpenApiDocument, { responses }: Operation): HelpNode[] {
  return table(
    ['response', 'body', 'description'],
    Object.entries(responses).map(([status, response]) => {
      const { description, content } = resolve<{ description?: string; content?: object }>(
        document,
        response,
      );
      const schema = (Object.values(content ?? {}) as { schema?: Schema }[])[0]?.schema;
      return [[code(status)], schema ? typeOf(schema) : ['none'], sentences(description)];
    }),
  );
}

function propertyTable(schema: Schema): HelpNode[] {
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0) return schema.$ref === undefined ? [p('Type: ', ...typeOf(schema))] : [];
  return table(
    ['property', 'type', 'description'],
    properties.map(([name, property]) => [
      [code(name)],
      typeOf(property),
      sentences(
        schema.required?.includes(name) ? 'Required' : undefined,
        property.description,
        limitsOf(property),
      ),
    ]),
  );
}

function table(titles: readonly string[], rows: readonly HelpNode[][][]): HelpNode[] {
  if (rows.length === 0) return [];
  const row = (tag: 'th' | 'td', cells: readonly (readonly HelpNode[])[]): HelpNode => ({
    tag: 'tr',
    children: cells.map((children) => ({ tag, children })),
  });
  const head = row(
    'th',
    titles.map((title) => [title]),
  );
  return [
    {
      tag: 'table',
      children: [
        { tag: 'thead', children: [head] },
        { tag: 'tbody', children: rows.map((cells) => row('td', cells)) },
      ],
    },
  ];
}

/** Joins phrases to sentences. Skips empty ones. */
const sentences = (...parts: readonly (string | undefined)[]): HelpNode[] => [
  parts
    .filter((part) => part)
    .map((part) => `${part?.charAt(0).toUpperCase()}${part?.slice(1).replace(/\.$/, '')}.`)
    .join(' '),
];

const p = (...children: HelpNode[]): HelpNode => ({ tag: 'p', children });

const titleCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
