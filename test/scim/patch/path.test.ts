import { parsePatchPath } from '../../../shared/scim/patch/path';
import { ENTERPRISE_USER_SCHEMA } from '../../../shared/scim/urns';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

const typeIsWork = { kind: 'comparison', path: 'type', operator: 'eq', value: 'work' };

describe('parsePatchPath', () => {
  it.each<[string, object]>([
    ['displayName', { attributePath: 'displayName' }],
    ['name.givenName', { attributePath: 'name.givenName' }],
    [' active ', { attributePath: 'active' }],
    [ENTERPRISE_USER_SCHEMA, { attributePath: ENTERPRISE_USER_SCHEMA }],
    [`${ENTERPRISE_USER_SCHEMA}:manager.$ref`, { attributePath: `${ENTERPRISE_USER_SCHEMA}:manager.$ref` }],
    ['emails[type eq "work"]', { attributePath: 'emails', filter: typeIsWork }],
    ['emails[type eq "work"].value', { attributePath: 'emails', filter: typeIsWork, subAttribute: 'value' }],
    ['members[type eq "work"].$REF', { attributePath: 'members', filter: typeIsWork, subAttribute: '$REF' }],
    ['members[type eq "work"].$ref', { attributePath: 'members', filter: typeIsWork, subAttribute: '$ref' }],
    [
      'urn:example:2.0:User:cars[type eq "work"].value',
      { attributePath: 'urn:example:2.0:User:cars', filter: typeIsWork, subAttribute: 'value' },
    ],
    [
      'members[value eq "a]b[c"]',
      {
        attributePath: 'members',
        filter: { kind: 'comparison', path: 'value', operator: 'eq', value: 'a]b[c' },
      },
    ],
  ])('parses %s', (path, expected) => {
    expect(parsePatchPath(path)).toEqual({ text: path.trim(), ...expected });
  });

  it.each([
    '',
    '.',
    'a.b.c',
    'name.',
    '1st',
    'display name',
    '/displayName',
    'emails[',
    'emails]',
    'emails[]',
    'emails[type eq "work"',
    'emails[type eq]',
    'emails[type is "work"]',
    'emails[type eq "work"]value',
    'emails[type eq "work"].value.x',
    'emails[type eq "work"].',
    '[type eq "work"]',
    'emails[type eq "work"][type eq "home"]',
    '__proto__[x]',
    'urn:',
  ])('rejects "%s" as invalidPath', (path) => {
    const { status, scimType, detail } = scimErrorOf(() => parsePatchPath(path));
    expect([status, scimType]).toEqual([400, 'invalidPath']);
    expect(detail).toContain(`"${path}"`);
  });

  it('quotes only the start of a very long path', () => {
    expect(scimErrorOf(() => parsePatchPath(' x'.repeat(5000))).detail.length).toBeLessThan(300);
  });
});
