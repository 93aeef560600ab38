import { ScimError } from '../error';
import { SIMULATED_SUFFIX } from '../simulated-suffix';
import { isSimulatedName } from '../text/simulated-name';

/**
 * Throws 400 `invalidValue` if a name may not change from `before` to `after`: the reserved suffix belongs to
 * connection tests. A name never gets or loses it otherwise, so a user who has no license because of the name
 * cannot get one by a rename.
 */
export function checkSimulatedName(
  attribute: 'userName' | 'displayName',
  after: unknown,
  before: unknown,
  isSimulation: boolean,
): void {
  if (after === before) return;
  const isReserved = isSimulatedName(after);
  if (isSimulation && !isReserved)
    throw ScimError.invalidValue(
      `The ${attribute} does not end in ${SIMULATED_SUFFIX}. A connection test can create and change only such ` +
        `names. Send a ${attribute} with this suffix, or use the credential of your identity provider.`,
    );
  if (!isSimulation && (isReserved || isSimulatedName(before)))
    throw ScimError.invalidValue(
      `The ${attribute} cannot ${isReserved ? 'end' : 'be changed because it ends'} in ${SIMULATED_SUFFIX}, which is ` +
        `reserved for connection tests. ${isReserved ? `Send another ${attribute}` : 'Delete the resource'}.`,
    );
}
