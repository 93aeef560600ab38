import { binary, boolean, complex, multiValued, primary, reference, string, type Schema } from '../attribute';
import { USER_SCHEMA } from '../urns';

/**
 * The complete core User (RFC 7643 §4.1), so that the default mapping of an identity provider works
 * unchanged.
 */
export const userSchema: Schema = {
  id: USER_SCHEMA,
  name: 'User',
  description: 'User Account',
  attributes: [
    string('userName', 'The name that identifies the user in the domain, compared without case.', {
      required: true,
      uniqueness: 'server',
    }),
    complex('name', "The parts of the user's name.", [
      string('formatted', 'The full name, as it is displayed.'),
      string('familyName', 'The family name.'),
      string('givenName', 'The given name.'),
      string('middleName', 'The middle names.'),
      string('honorificPrefix', 'The honorific prefixes, such as a title.'),
      string('honorificSuffix', 'The honorific suffixes.'),
    ]),
    string('displayName', 'The name that is shown to people.'),
    string('nickName', 'The casual name.'),
    reference('profileUrl', "The address of the user's profile page.", ['external']),
    string('title', 'The job title.'),
    string('userType', 'The relation between the organization and the user, such as Employee.'),
    string('preferredLanguage', 'The preferred languages, as in the Accept-Language header.'),
    string('locale', 'The locale that dates, numbers and currency are shown in, such as en-US.'),
    string('timezone', 'The IANA name of the time zone, such as Europe/Berlin.'),
    boolean('active', 'Whether the user is active. An active user holds a license.'),
    string('password', 'Accepted and dropped: it is neither stored, nor returned, nor logged.', {
      mutability: 'writeOnly',
      returned: 'never',
      caseExact: true,
    }),
    multiValued('emails', 'Email addresses. The license email goes to the primary one.', undefined, [
      'work',
      'home',
      'other',
    ]),
    multiValued('phoneNumbers', 'Phone numbers.', undefined, [
      'work',
      'home',
      'mobile',
      'fax',
      'pager',
      'other',
    ]),
    multiValued('ims', 'Instant messaging addresses.', undefined, [
      'aim',
      'gtalk',
      'icq',
      'xmpp',
      'msn',
      'skype',
      'qq',
      'yahoo',
    ]),
    multiValued(
      'photos',
      'Pictures of the user.',
      // authentik sends pictures of any size as data URIs. They must not keep a user from getting a license.
      reference('value', 'The address of a picture.', ['external'], { ignoresTooLong: true }),
      ['photo', 'thumbnail'],
    ),
    complex(
      'addresses',
      'Postal addresses.',
      [
        string('formatted', 'The full address, as it is displayed or put on a letter.'),
        string('streetAddress', 'Street, house number and what goes with them.'),
        string('locality', 'City or locality.'),
        string('region', 'State or region.'),
        string('postalCode', 'Postal code.'),
        string('country', 'Country, as a two-letter code.'),
        string('type', 'What the address is for.', { canonicalValues: ['work', 'home', 'other'] }),
        primary('Whether this is the preferred address. True for one address at most.'),
      ],
      { multiValued: true },
    ),
    complex(
      'groups',
      'The groups that the user belongs to.',
      [
        string('value', 'The id of the group.', { mutability: 'readOnly', caseExact: true }),
        reference('$ref', 'The URI of the group.', ['User', 'Group'], { mutability: 'readOnly' }),
        string('display', 'The name of the group.', { mutability: 'readOnly' }),
        string('type', 'How the user belongs to the group.', {
          mutability: 'readOnly',
          canonicalValues: ['direct', 'indirect'],
        }),
      ],
      { multiValued: true, mutability: 'readOnly' },
    ),
    multiValued('entitlements', 'Things that the user is entitled to.'),
    multiValued('roles', 'Roles of the user.'),
    multiValued(
      'x509Certificates',
      'Certificates of the user.',
      binary('value', 'A DER certificate in base64.'),
    ),
  ],
};
