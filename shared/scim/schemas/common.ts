import { complex, dateTime, reference, string, type Attribute } from '../attribute';

/** The attributes that every resource has (RFC 7643 §3.1); `/Schemas` does not list them. */
export const commonAttributes: readonly Attribute[] = [
  reference('schemas', 'The URNs of the schemas of the resource.', ['uri'], {
    multiValued: true,
    returned: 'always',
  }),
  string('id', 'The id that the service gave to the resource.', {
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    uniqueness: 'server',
  }),
  string('externalId', 'The id that the client gave to the resource.', { caseExact: true }),
  complex(
    'meta',
    'Metadata of the resource.',
    [
      string('resourceType', 'The name of the resource type.', { caseExact: true, mutability: 'readOnly' }),
      dateTime('created', 'When the resource was created.', { mutability: 'readOnly' }),
      dateTime('lastModified', 'When the resource was last changed.', { mutability: 'readOnly' }),
      reference('location', 'The URI of the resource.', ['uri'], { mutability: 'readOnly' }),
      string('version', 'The version of the resource, equal to its ETag.', {
        caseExact: true,
        mutability: 'readOnly',
      }),
    ],
    { mutability: 'readOnly' },
  ),
];
