import type { Stack } from '../../local/cloud/template/assembly';
import type { Resource } from '../../local/cloud/template/resources';

/** A stack whose assets are these, by their hashes. */
export const stackWith = (assets: Readonly<Record<string, string>> = {}): Stack => ({
  name: 'Test',
  template: { Parameters: {}, Mappings: {}, Conditions: {}, Resources: {}, Outputs: {} },
  assets: new Map(Object.entries(assets)),
});

export const resource = (
  type: string,
  ref: string,
  properties: Readonly<Record<string, unknown>>,
  attributes: Readonly<Record<string, string>> = {},
  stack = stackWith(),
): Resource => ({ stack, logicalId: ref, type, ref, properties, attributes });
