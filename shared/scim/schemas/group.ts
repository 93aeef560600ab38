import { complex, reference, string, type Schema } from '../attribute';
import { GROUP_SCHEMA } from '../urns';

/** The core Group (RFC 7643 §4.2). */
export const groupSchema: Schema = {
  id: GROUP_SCHEMA,
  name: 'Group',
  description: 'Group',
  attributes: [
    string('displayName', 'The name of the group, unique in the domain, compared without case.', {
      required: true,
      uniqueness: 'server',
    }),
    complex(
      'members',
      'The users that belong to the group.',
      [
        string('value', 'The id of the user.', { mutability: 'immutable', caseExact: true }),
        reference('$ref', 'The URI of the user.', ['User'], { mutability: 'immutable' }),
        string('type', 'What the member is.', { mutability: 'immutable', canonicalValues: ['User'] }),
        string('display', 'The name of the member, as the client sent it.', { mutability: 'immutable' }),
      ],
      { multiValued: true },
    ),
  ],
};
