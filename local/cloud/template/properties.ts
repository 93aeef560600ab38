import * as z from 'zod';
import { UserError } from '../../host/user-error';
import type { Resource } from './resources';

/**
 * Returns the properties of a resource as the schema reads them. Throws a `UserError` that names the
 * resource.
 */
export function readProperties<T extends z.ZodType>(
  schema: T,
  { logicalId, type, properties }: Pick<Resource, 'logicalId' | 'type' | 'properties'>,
): z.output<T> {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return parsed.data;
  throw new UserError(`The local cloud cannot run ${logicalId} (${type}):\n${z.prettifyError(parsed.error)}`);
}
