import { RESOURCE_TYPES } from '../../../shared/product/product';
import { schemaResources } from '../../../shared/scim/output/discovery';
import { GROUP_SCHEMA, ENTERPRISE_USER_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { loadFixtures } from '../../support/replay/fixtures';

/** An attribute as `/Schemas` describes it. Characteristics that do not apply to its type are absent. */
interface Definition {
  readonly name: string;
  readonly subAttributes?: readonly Definition[];
  readonly [characteristic: string]: unknown;
}

interface SchemaDefinition {
  readonly id: string;
  readonly attributes: readonly Definition[];
}

const CHARACTERISTICS = [
  'type',
  'multiValued',
  'required',
  'caseExact',
  'mutability',
  'returned',
  'uniqueness',
  'canonicalValues',
  'referenceTypes',
];

const URI_CASE_REASON = '§2.3.7 makes references caseExact, and the example in §8.7.1 differs';

/** Differences from RFC 7643 §8.7.1: our value, the RFC's value, and the reason. */
const INTENDED_DIFFERENCES: Readonly<
  Record<string, Readonly<Record<string, readonly [unknown, unknown, string]>>>
> = {
  [USER_SCHEMA]: {
    'profileUrl.caseExact': [true, false, URI_CASE_REASON],
    'photos.value.caseExact': [true, false, URI_CASE_REASON],
    'groups.$ref.caseExact': [true, false, URI_CASE_REASON],
    'groups.value.caseExact': [true, false, 'it is an ID, and IDs are caseExact (§3.1)'],
    password: ['missing', 'present', 'it is dropped, so clients must not synchronize it'],
    'x509Certificates.value.caseExact': [true, false, 'base64 is caseExact (§2.3.6)'],
    'addresses.primary': [
      'present',
      'missing',
      '§2.4 defines it for every multi-valued attribute, and §8.2 uses it',
    ],
  },
  [GROUP_SCHEMA]: {
    'displayName.required': [true, false, 'the text of §4.2 requires it'],
    'displayName.uniqueness': ['server', 'none', 'identity providers find a group by its name'],
    'members.value.caseExact': [true, false, 'it is an ID, and IDs are caseExact (§3.1)'],
    'members.$ref.caseExact': [true, false, URI_CASE_REASON],
    'members.$ref.referenceTypes': [['User'], ['User', 'Group'], 'a group contains only users'],
    'members.type.canonicalValues': [['User'], ['User', 'Group'], 'a group contains only users'],
    'members.display': ['present', 'missing', '§2.4 defines it, and identity providers send it'],
  },
  [ENTERPRISE_USER_SCHEMA]: {
    'manager.value.caseExact': [true, false, 'it is an ID, and IDs are caseExact (§3.1)'],
    'manager.$ref.caseExact': [true, false, URI_CASE_REASON],
  },
};

/**
 * Returns each characteristic that differs, as `[ours, the RFC's]`. An attribute that only one of them has is
 * `missing`.
 */
function differences(
  served: readonly Definition[],
  standard: readonly Definition[],
  prefix = '',
): [string, [unknown, unknown]][] {
  const names = new Set([...standard, ...served].map(({ name }) => name));
  return [...names].flatMap((name): [string, [unknown, unknown]][] => {
    const ours = served.find((each) => each.name === name);
    const theirs = standard.find((each) => each.name === name);
    const path = `${prefix}${name}`;
    if (!ours || !theirs) return [[path, [ours ? 'present' : 'missing', theirs ? 'present' : 'missing']]];
    const own = CHARACTERISTICS.filter(
      (key) => JSON.stringify(ours[key]) !== JSON.stringify(theirs[key]),
    ).map((key): [string, [unknown, unknown]] => [`${path}.${key}`, [ours[key], theirs[key]]]);
    return [...own, ...differences(ours.subAttributes ?? [], theirs.subAttributes ?? [], `${path}.`)];
  });
}

const standards = loadFixtures('rfc7643/schemas') as SchemaDefinition[];
const served = schemaResources(
  RESOURCE_TYPES,
  'https://example.com/scim/v2',
) as unknown as SchemaDefinition[];

describe.each(standards)('the schema $id', ({ id, attributes }) => {
  const ours = served.find((schema) => schema.id === id)?.attributes ?? [];

  it('equals RFC 7643 §8.7.1, except for the listed differences', () => {
    const listed = Object.entries(INTENDED_DIFFERENCES[id] ?? {}).map(([path, [own, theirs]]) => [
      path,
      [own, theirs],
    ]);
    expect(Object.fromEntries(differences(ours, attributes))).toEqual(Object.fromEntries(listed));
  });

  it('lists its attributes in the order of the RFC', () => {
    const names = attributes.map(({ name }) => name);
    const own = ours.map(({ name }) => name);
    expect(own.filter((name) => names.includes(name))).toEqual(names.filter((name) => own.includes(name)));
  });
});
