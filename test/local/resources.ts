import type { Stack } from '../../local/cloud/template/assembly';
import type { Resource } from '../../local/cloud/template/resources';
import { resolveResources } from '../../local/services/services';

const EMPTY = { Parameters: {}, Mappings: {}, Conditions: {}, Resources: {}, Outputs: {} };

/** Returns a stack with these assets, by hash. */
export const stackWith = (assets: Readonly<Record<string, string>> = {}): Stack => ({
  name: 'Test',
  template: EMPTY,
  assets: new Map(Object.entries(assets)),
});

/** Returns a resource without resolving a template. */
export const resource = (
  type: string,
  ref: string,
  properties: Readonly<Record<string, unknown>>,
  attributes: Readonly<Record<string, string>> = {},
  stack = stackWith(),
): Resource => ({ stack, logicalId: ref, type, ref, properties, attributes });

/** Resolves the resources of a template, which is the stack `App`. */
export const resolved = (resources: Record<string, object>): Resource[] =>
  resolveResources([
    { name: 'App', template: { ...EMPTY, Resources: resources as never }, assets: new Map() },
  ]);
