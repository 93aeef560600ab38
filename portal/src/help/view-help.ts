/** The help page of each view: the end of its path, and the page with the section. The first match counts. */
const VIEWS: readonly (readonly [path: RegExp, page: string])[] = [
  [/^\/setup$/, 'setup-links#the-setup-page'],
  [/^\/first-run$/, 'portal#first-steps'],
  [/^\/operators$/, 'portal#settings-administrators'],
  [/\/users\/import$/, 'users#the-csv-file'],
  [/\/users(\/[^/]+)?$/, 'portal#users'],
  [/\/groups(\/[^/]+)?$/, 'portal#groups'],
  [/\/requests$/, 'portal#requests'],
  [/\/audit-log$/, 'portal#audit-log'],
  [/\/settings\/scim\/connections\/[^/]+$/, 'portal#a-connection'],
  [/\/settings\/scim$/, 'portal#settings-scim-provisioning'],
  [/\/settings\/okta$/, 'okta'],
  [/\/settings\/entra-id$/, 'entra-id'],
  [/\/settings\/setup-links$/, 'setup-links'],
  [/\/settings\/domain$/, 'portal#domain-and-seats-readiness'],
  [/\/settings\/mappings$/, 'mappings'],
  [/\/settings\/administrators$/, 'portal#settings-administrators'],
  [/\/settings\/mail-problems$/, 'troubleshooting#the-email-with-the-license-key-does-not-arrive'],
  [/\/settings\/events$/, 'portal#settings-events'],
  [/\/settings\/readiness$/, 'readiness'],
];

/** Returns the address of the help page about a view, or that of the list of all pages. */
export function helpOfView(path: string): string {
  const [, page] = VIEWS.find(([pattern]) => pattern.test(path)) ?? [];
  return page === undefined ? '/help' : `/help/${page}`;
}
