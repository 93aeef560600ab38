import { ScimError } from '../error';
import { hasBidiControls, hasDefaultIgnorables, isOneLine } from '../text/characters';
import { nameKeyOf } from '../text/name-key';

/**
 * Throws 400 `invalidValue` if a resource cannot get this name: it must be one line, and not blank. A
 * `userName` identifies a person, so it must also look like what it is. A stored name stays, whatever it is.
 */
export function checkNewName(attribute: 'userName' | 'displayName', name: string): void {
  if (nameKeyOf(name) === '' || !isOneLine(name)) {
    throw ScimError.invalidValue(
      `The ${attribute} is not valid because it is blank or contains control characters, ` +
        `such as line breaks. Send another ${attribute}.`,
    );
  }
  if (attribute === 'userName' && (hasBidiControls(name) || hasDefaultIgnorables(name))) {
    throw ScimError.invalidValue(
      'The userName is not valid because it contains invisible characters, such as a zero-width space. ' +
        'Send the userName without them.',
    );
  }
}
