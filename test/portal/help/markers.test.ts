import { buildPages } from '../../../portal/help/build';
import { MARKED, markerValues } from '../../../portal/help/markers';
import { publishedFiles } from '../../../portal/help/published-files';
import { DOCS } from '../../support/links/link-targets';

const DEPLOYMENT = {
  productName: 'Example Product',
  portalUrl: 'https://licenses.example.net',
  help: {
    public: true,
    scimBaseUrl: 'https://one.example.net/scim/v2',
    licenseCheckUrl: 'https://two.example.net/license/v1/check',
    userTypes: { names: ['Member', 'Maintainer', 'Guest'], default: 'Member' },
    userExtension: { schema: 'urn:example:User', userTypeAttribute: 'kind' },
    ratePlans: { standard: { perMinute: 60, perTenSeconds: 10 }, gallery: null },
    keyGraceDays: 14,
    setupLinkDays: 5,
    accessTokenMinutes: 90,
  },
};
const pages = buildPages(DOCS);
const textsOf = (files: ReturnType<typeof publishedFiles>) =>
  [...files]
    .filter(([name]) => /\.(md|txt|json)$/.test(name))
    .map(([name, text]) => [name, String(text)] as const);
const MARKER = /<<deployment:[^>]*>>/g;

describe('the published help files', () => {
  const texts = textsOf(publishedFiles(DOCS, pages, MARKED));
  const values = markerValues(DEPLOYMENT);
  /** As the deployment does, in any order. */
  const filled = texts.map(
    ([name, text]) =>
      [
        name,
        Object.entries(values)
          .reverse()
          .reduce((all, [marker, value]) => all.replaceAll(marker, value), text),
      ] as const,
  );
  const fileOf = (wanted: string) => filled.find(([name]) => name === wanted)?.[1] ?? '';

  it('have a marker in the place of each value and each example of a deployment', () => {
    const markers = new Set(texts.flatMap(([, text]) => text.match(MARKER) ?? []));
    expect(markers.size).toBeGreaterThan(12);
    expect([...markers].filter((marker) => !(marker in values))).toEqual([]);
    const examples = /scim\.example\.com|licenses\.example\.com|nrUserType|extension:newrelic/;
    expect(texts.filter(([, text]) => examples.test(text.replace(MARKER, '')))).toEqual([]);
  });

  it('have the values of the deployment', () => {
    expect(filled.filter(([, text]) => text.includes('<<deployment:'))).toEqual([]);
    expect(fileOf('llms.txt')).toMatch(/^# Example Product: help\n/);
    expect(fileOf('help/okta.md')).toContain('This guide connects Okta to Example Product.');
    expect(fileOf('help/okta.md')).toContain('`Member`, `Maintainer` or `Guest`');
    expect(fileOf('help/entra-id.md')).toContain('https://one.example.net/scim/v2?aadOptscim062020');
    expect(fileOf('help/license-check.md')).toContain('https://two.example.net/license/v1/check');
    expect(JSON.parse(fileOf('help/scim-api.openapi.json'))).toMatchObject({
      servers: [{ variables: { baseUrl: { default: 'https://one.example.net/scim/v2' } } }],
    });
  });

  it('have the texts of the documents if no deployment fills them in', () => {
    const plain = textsOf(publishedFiles(DOCS, pages));
    expect(plain.filter(([, text]) => /<<deployment:|<!--/.test(text))).toEqual([]);
    expect(plain.find(([name]) => name === 'llms.txt')?.[1]).toMatch(/^# Licenses and provisioning: help\n/);
  });
});

it('the origin of a URL is found although its parts are tokens of CDK', () => {
  const licenseCheckUrl = 'https://${Token[A.1]}.execute-api.${Token[B.2]}/${Token[C.3]}/v1/check';
  const values = markerValues({ ...DEPLOYMENT, help: { ...DEPLOYMENT.help, licenseCheckUrl } });
  expect(values['<<deployment:https://scim.example.com>>']).toBe(
    'https://${Token[A.1]}.execute-api.${Token[B.2]}',
  );
  expect(values['<<deployment:https://scim.example.com/license/v1>>']).toBe(
    'https://${Token[A.1]}.execute-api.${Token[B.2]}/${Token[C.3]}/v1',
  );
});
