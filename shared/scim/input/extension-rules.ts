import type { Schema } from '../attribute';
import { ScimError } from '../error';
import type { ResourceType } from '../resource-type';
import { isAttributes, type Attributes } from '../resource';
import { isActive, type UserRule } from './user-rules';

/**
 * Returns a rule for each required attribute of an extension: an active user needs a value. A user who was
 * active without one stays as it is, because the settings may have changed since.
 */
export const extensionRules = ({ extensions }: ResourceType): UserRule[] =>
  extensions.flatMap((extension) =>
    extension.attributes
      .filter(({ required }) => required)
      .map(({ name }) => ({
        attribute: extension.id,
        check: (after, before) => {
          if (!isActive(after) || hasValue(after, extension, name)) return;
          if (isActive(before) && !hasValue(before, extension, name)) return;
          throw ScimError.invalidValue(
            `${extension.id}:${name} is required because the user is active. Send it with a value, or set active ` +
              'to false.',
          );
        },
      })),
  );

function hasValue(attributes: Attributes, { id }: Schema, name: string): boolean {
  const extension = attributes[id];
  return isAttributes(extension) && extension[name] !== undefined;
}
