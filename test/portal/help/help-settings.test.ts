import {
  exampleReplacements,
  helpValues,
  type HelpSettings,
  replaceExamples,
} from '../../../portal/src/help/help-settings';
import { buildPages } from '../../../portal/help/build';
import type { HelpNode } from '../../../portal/src/help/tree';
import { docsPageUrl } from '../../../portal/src/session/docs-page-url';
import { docsPageUrl as sharedDocsPageUrl } from '../../../shared/docs-url';
import { DOCS } from '../../support/links/link-targets';

const help: HelpSettings = {
  public: true,
  scimBaseUrl: 'https://one.example.net/scim/v2',
  licenseCheckUrl: 'https://two.example.net/license/v1/check',
  userTypes: { names: ['Member', 'Maintainer'], default: 'Member' },
  userExtension: { schema: 'urn:example:User', userTypeAttribute: 'kind' },
  ratePlans: { standard: { perMinute: 60, perTenSeconds: 10 }, gallery: null },
  keyGraceDays: 14,
  setupLinkDays: 5,
  accessTokenMinutes: 90,
};
const deployment = { productName: 'Example Product', portalUrl: 'https://licenses.example.net', help };

it.each([
  ['https://scim.example.com/scim/v2?aadOptscim062020', 'https://one.example.net/scim/v2?aadOptscim062020'],
  ['https://scim.example.com/scim/oauth2/token', 'https://one.example.net/scim/oauth2/token'],
  ['https://scim.example.com/license/v1/lease', 'https://two.example.net/license/v1/lease'],
  ['urn:ietf:params:scim:schemas:extension:newrelic:2.0:User:nrUserType', 'urn:example:User:kind'],
  ['https://licenses.example.com/help/readiness', 'https://licenses.example.net/help/readiness'],
])('replaces the example %s by %s', (example, value) =>
  expect(replaceExamples(example, exampleReplacements(deployment))).toBe(value),
);

it('says what a rate plan without limits allows', () => {
  const { standardLimit, galleryLimit } = helpValues(deployment);
  expect(standardLimit).toBe('60 requests a minute and 10 requests in ten seconds');
  expect(galleryLimit).toBe('any number of requests');
});

it('has each value that a document marks', () => {
  const names = (nodes: readonly HelpNode[]): string[] =>
    nodes.flatMap((node) =>
      typeof node === 'string'
        ? []
        : [...(node.tag === 'value' ? [node.name ?? ''] : []), ...names(node.children ?? [])],
    );
  const marked = new Set(buildPages(DOCS).flatMap(({ content }) => names(content)));
  expect(marked.size).toBeGreaterThan(6);
  expect([...marked].filter((name) => !(name in helpValues(deployment)))).toEqual([]);
});

it.each([
  'docs',
  '/docs',
  'https://docs.example.com',
  'https://docs.example.com/{page}.html',
  'HTTPS://docs.example.com/a',
])('links to documents for operators below %s as the service does', (docsUrl) => {
  for (const page of ['runbook.md', 'runbook.md#apifailing'])
    expect(docsPageUrl(docsUrl, page)).toBe(sharedDocsPageUrl(docsUrl, page));
});
