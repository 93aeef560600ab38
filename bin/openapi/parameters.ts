import { DEFAULT_COUNT, MAX_COUNT } from '../../shared/service/listing/list-query';
import type { JsonSchema } from './json-schema';

/** A parameter of an operation, by its name in `components.parameters`. */
export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'header' | 'path';
  readonly description: string;
  readonly required?: true;
  readonly schema: JsonSchema;
}

const text: JsonSchema = { type: 'string' };

export const PARAMETERS = {
  id: { name: 'id', in: 'path', description: 'The id of the resource.', required: true, schema: text },
  attributes: {
    name: 'attributes',
    in: 'query',
    description: 'The attributes to return, separated by commas. `schemas` and `id` are always returned.',
    schema: text,
  },
  excludedAttributes: {
    name: 'excludedAttributes',
    in: 'query',
    description: 'The attributes to leave out, separated by commas.',
    schema: text,
  },
  filter: {
    name: 'filter',
    in: 'query',
    description: 'Only resources that match (RFC 7644 §3.4.2.2), such as `userName eq "ada@example.com"`.',
    schema: text,
  },
  sortBy: { name: 'sortBy', in: 'query', description: 'The attribute to sort by.', schema: text },
  sortOrder: {
    name: 'sortOrder',
    in: 'query',
    description: 'The order.',
    schema: { enum: ['ascending', 'descending'], default: 'ascending' },
  },
  startIndex: {
    name: 'startIndex',
    in: 'query',
    description: 'The position of the first resource. A value below 1 counts as 1.',
    schema: { type: 'integer', default: 1 },
  },
  count: {
    name: 'count',
    in: 'query',
    description: `The number of resources of a page. At most ${MAX_COUNT} are returned.`,
    schema: { type: 'integer', default: DEFAULT_COUNT },
  },
  cursor: {
    name: 'cursor',
    in: 'query',
    description:
      'Pages by cursor (RFC 9865): empty for the first page, and then the `nextCursor` of the page before.',
    schema: text,
  },
  ifMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The ETags that the resource may have. Otherwise, the response is 412, and nothing changes.',
    schema: text,
  },
  ifNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description:
      'The ETags that the client knows. If the resource has one of them, the response is 304, or 412 to a change.',
    schema: text,
  },
} as const satisfies Readonly<Record<string, Parameter>>;

export type ParameterName = keyof typeof PARAMETERS;

export const PROJECTION: readonly ParameterName[] = ['attributes', 'excludedAttributes'];
export const LIST: readonly ParameterName[] = [
  'filter',
  'sortBy',
  'sortOrder',
  'startIndex',
  'count',
  'cursor',
  ...PROJECTION,
];
