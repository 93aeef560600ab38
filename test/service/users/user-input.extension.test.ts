import '../../support/scim/acme-environment';
import { ACME } from '../../support/scim/acme-settings';
import { RESOURCE_TYPES, userResourceType } from '../../../shared/product/product';
import { compileFilter } from '../../../shared/scim/filter/match';
import { parseFilter } from '../../../shared/scim/filter/parse';
import { resourceTypeResources, schemaResources } from '../../../shared/scim/output/discovery';
import { toResource } from '../../../shared/scim/output/representation';
import type { Attributes, Json } from '../../../shared/scim/resource';
import {
  readNewUser,
  readReplacement,
  readUserPatch,
  type InputReports,
} from '../../../shared/service/users/user-input';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

const SCHEMA = ACME.userExtension.schema;
const DEFAULT_SCHEMA = 'urn:ietf:params:scim:schemas:extension:newrelic:2.0:User';

let ignored: string[];
const reports: InputReports = {
  onIgnored: (path) => ignored.push(path),
  onSkipped: (path) => ignored.push(path),
};
beforeEach(() => (ignored = []));

const work = { value: 'ada@example.com', type: 'work', primary: true };
const ada: Attributes = { userName: 'ada', active: true, emails: [work], [SCHEMA]: { costPool: 'R&D' } };
const post = (body: Json): Attributes => readNewUser(body, reports);
const put = (body: Json, before = ada): Attributes => readReplacement(body, reports)(before);
const patch = (operations: Json[], before = ada): Attributes =>
  readUserPatch({ Operations: operations }, reports).apply(before);
const shown = (attributes: Attributes) =>
  toResource(userResourceType, {
    id: '1',
    attributes,
    version: 1,
    created: '2026-01-31T12:00:00.000Z',
    lastModified: '2026-01-31T12:00:00.000Z',
    baseUrl: 'https://scim.example.com/scim/v2',
  });
const matches = (filter: string, attributes: Attributes): boolean =>
  compileFilter(parseFilter(filter), userResourceType)(shown(attributes));

describe('the extension of another vendor', () => {
  it('is in the schemas, with its types, and required, because it has a required attribute', () => {
    const schemas = schemaResources(RESOURCE_TYPES, '');
    expect(schemas.find(({ id }) => id === SCHEMA)).toMatchObject({
      attributes: [
        {
          name: 'edition',
          type: 'string',
          required: false,
          canonicalValues: ['Reader', 'Author', 'Publisher'],
        },
        { name: 'costPool', type: 'string', required: true, description: 'Who pays for the license.' },
        { name: 'desk', type: 'integer', multiValued: false },
        { name: 'remote', type: 'boolean' },
        { name: 'since', type: 'dateTime' },
        { name: 'languages', multiValued: true, canonicalValues: ['German', 'Danish'] },
      ],
    });
    expect(schemas.some(({ id }) => id === DEFAULT_SCHEMA)).toBe(false);
    const [user] = resourceTypeResources(RESOURCE_TYPES, '');
    expect(user?.schemaExtensions).toEqual(expect.arrayContaining([{ schema: SCHEMA, required: true }]));
  });

  it('is read from a body and a PATCH, with and without its URN, in any case', () => {
    const extension = {
      edition: 'publisher',
      costPool: 'R&D',
      desk: 7,
      remote: 'True',
      languages: ['danish'],
    };
    const expected = { edition: 'Publisher', costPool: 'R&D', desk: 7, remote: true, languages: ['Danish'] };
    expect(post({ userName: 'ada', [SCHEMA]: extension })[SCHEMA]).toEqual(expected);
    expect(post({ userName: 'ada', ...extension })[SCHEMA]).toEqual(expected);
    const operations = Object.entries(extension).map(([name, value]) => ({
      op: 'Add',
      path: `${SCHEMA}:${name.toUpperCase()}`,
      value,
    }));
    expect(patch(operations)[SCHEMA]).toEqual(expected);
    const since = '2026-01-31T12:00:00Z';
    expect(patch([{ op: 'replace', path: 'since', value: since }])).toMatchObject({ [SCHEMA]: { since } });
    expect(ignored).toEqual([]);
  });

  it('takes numbers as text, as Entra sends them, and filters by them', () => {
    const desk = { op: 'Replace', path: `${SCHEMA}:desk`, value: '7' };
    const title = { op: 'Add', path: 'title', value: 'Chief' };
    const expected = { title: 'Chief', [SCHEMA]: { costPool: 'R&D', desk: 7 } };
    expect(patch([desk, title])).toMatchObject(expected);
    expect(patch([{ ...desk, value: [{ $ref: null, value: '7' }] }, title])).toMatchObject(expected);
    const user = post({ ...ada, [SCHEMA]: { costPool: 'R&D', desk: '7' } });
    expect(user).toMatchObject({ [SCHEMA]: { desk: 7 } });
    expect(matches(`${SCHEMA}:desk eq "7"`, user)).toBe(true);
    expect(matches(`${SCHEMA}:desk eq "8"`, user)).toBe(false);
  });

  it('changes single elements of a multi-valued attribute', () => {
    const both = patch([{ op: 'add', path: `${SCHEMA}:languages`, value: ['German', 'danish'] }]);
    expect(both).toMatchObject({ [SCHEMA]: { languages: ['German', 'Danish'] } });
    const removed = patch([{ op: 'remove', path: `${SCHEMA}:languages`, value: ['german'] }], both);
    expect(removed).toMatchObject({ [SCHEMA]: { languages: ['Danish'] } });
  });

  it.each<[string, Json]>([
    ['edition', 'Full User'],
    ['desk', 'seven'],
    ['desk', 1.5],
    ['desk', '1.5'],
    ['desk', '9007199254740993'],
    ['remote', 'maybe'],
    ['since', 'yesterday'],
    ['languages', ['German', 'Latin']],
    ['costPool', { a: 'b' }],
  ])('refuses the %s %j, and skips it if the user leaves', (name, value) => {
    const operation = { op: 'replace', path: `${SCHEMA}:${name}`, value };
    const body = { ...ada, [SCHEMA]: { costPool: 'R&D', [name]: value } };
    for (const act of [() => post(body), () => put(body), () => patch([operation])])
      expect(scimErrorOf(act)).toMatchObject({ status: 400, scimType: 'invalidValue' });
    const deactivate = { op: 'replace', path: 'active', value: false };
    expect(patch([operation, deactivate])).toEqual({ ...ada, active: false });
    expect(put({ ...body, active: false })).toMatchObject({ active: false });
  });

  it('requires its required attributes of users who are active', () => {
    const required = {
      status: 400,
      scimType: 'invalidValue',
      detail: expect.stringContaining(`${SCHEMA}:costPool is required`) as string,
    };
    expect(scimErrorOf(() => post({ userName: 'ada' }))).toMatchObject(required);
    expect(post({ userName: 'ada', active: false }).active).toBe(false);
    const { [SCHEMA]: _, ...without } = ada;
    const leaver = { ...without, active: false };
    expect(scimErrorOf(() => put(without))).toMatchObject(required);
    for (const path of [`${SCHEMA}:costPool`, SCHEMA])
      expect(scimErrorOf(() => patch([{ op: 'remove', path }]))).toMatchObject(required);
    expect(scimErrorOf(() => patch([{ op: 'replace', value: { active: true } }], leaver))).toMatchObject(
      required,
    );
    expect(put(leaver)).toEqual(leaver);
  });

  it('lets an active user stay without a value, because the setting may be newer than the user', () => {
    const { [SCHEMA]: _, ...without } = ada;
    expect(put(without, without)).toEqual(without);
    const rename = { op: 'replace', path: 'displayName', value: 'Ada' };
    expect(patch([rename], without)).toEqual({ ...without, displayName: 'Ada' });
  });

  it('is filtered as it is shown: with the default type, and by its own types', () => {
    expect(shown(ada)).toMatchObject({ [SCHEMA]: { edition: 'Author', costPool: 'R&D' } });
    const user = { ...ada, [SCHEMA]: { costPool: 'R&D', desk: 7, remote: true, languages: ['German'] } };
    for (const filter of [
      `${SCHEMA}:edition eq "author"`,
      'edition eq "Author"',
      `${SCHEMA}:desk gt 6`,
      `${SCHEMA}:remote eq true`,
      `${SCHEMA}:languages eq "german"`,
      `not (${SCHEMA}:since pr)`,
    ])
      expect([filter, matches(filter, user)]).toEqual([filter, true]);
    expect(matches(`${SCHEMA}:edition eq "Reader"`, user)).toBe(false);
  });

  it('leaves the default schema unknown', () => {
    const user = post({ ...ada, [DEFAULT_SCHEMA]: { nrUserType: 'Full User' } });
    expect(user).toEqual(ada);
    expect(ignored).toEqual([DEFAULT_SCHEMA]);
  });
});
