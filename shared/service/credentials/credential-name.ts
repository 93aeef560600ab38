import { AdminError } from '../admin/admin-error';
import { validateName } from '../admin/admin-input';
import { isReservedName } from './caller-identity';

/**
 * Returns the name of a connection or of a credential without surrounding white space. Audit events show it
 * as the author of changes, so it must not look like a part of the service. `subject` begins the message of
 * the error.
 */
export function credentialName(input: string, subject: string): string {
  const name = validateName(input, subject);
  if (!isReservedName(name)) return name;
  throw new AdminError(`The name "${name}" is reserved for the service. Choose another name.`);
}
