/** A document of `docs/` that becomes a help page, or an OpenAPI document that is rendered as one. */
interface HelpSource {
  /** The last part of the address: `/help/<slug>`. */
  readonly slug: string;
  /** The file, relative to `docs/`. */
  readonly file: string;
  readonly summary: string;
  /** The title. @default - that of the document */
  readonly title?: string;
}

interface SourceSection {
  readonly title: string;
  readonly pages: readonly HelpSource[];
}

const page = (file: string, summary: string, more: Partial<HelpSource> = {}): HelpSource => ({
  slug: slugOf(file),
  file,
  summary,
  ...more,
});

function slugOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.md$/, '');
}

/** All help pages, in the order of the navigation. Documents for operators are not among them. */
export const HELP_SECTIONS: readonly SourceSection[] = [
  {
    title: 'Use the portal',
    pages: [
      page('portal.md', 'What each page of the portal is for'),
      page('users.md', 'Create, change, and import users without an identity provider'),
      page('troubleshooting.md', 'Find the cause if a user, a license, or an email is missing'),
      page('readiness.md', 'Each finding, and how to fix it'),
      page('seats.md', 'What happens if no seat is free'),
    ],
  },
  {
    title: 'Connect an identity provider',
    pages: [
      page('guides/README.md', 'All guides, and the values that each identity provider needs', {
        slug: 'connect',
      }),
      page('okta.md', 'Set up provisioning in Okta'),
      page('entra-id.md', 'Set up provisioning in Microsoft Entra ID'),
      page('guides/onelogin.md', 'Set up provisioning in OneLogin'),
      page('guides/jumpcloud.md', 'Set up provisioning in JumpCloud'),
      page('guides/ping.md', 'Set up provisioning in PingOne and PingFederate'),
      page('guides/google-workspace.md', 'What Google Workspace can do'),
      page('guides/rippling.md', 'Set up provisioning in Rippling'),
      page('guides/keycloak.md', 'Set up provisioning in Keycloak'),
      page('guides/authentik.md', 'Set up provisioning in authentik'),
      page('guides/generic.md', 'Set up provisioning in any other identity provider'),
      page('setup-links.md', 'Let somebody without an account set up provisioning'),
      page('simulator.md', 'Test a connection before the identity provider is set up', {
        title: 'Connection tests',
      }),
      page('mappings.md', 'Give users a type, a role, or no license by their groups'),
      page('migration.md', 'Move users from another system or identity provider'),
    ],
  },
  {
    title: 'SCIM API',
    pages: [
      page('api.md', 'Requests, errors, and limits'),
      page('scim-api.openapi.json', 'Each operation with its parameters and responses', {
        slug: 'api-reference',
        title: 'SCIM API reference',
      }),
      page('conformance.md', 'The requirements of Microsoft and Okta'),
    ],
  },
  {
    title: 'Connect your product',
    pages: [
      page('license-check.md', 'Check a license key online'),
      page('leases.md', 'Check a license without a connection'),
      page('events.md', 'Read what has changed'),
      page('webhooks.md', 'Get each change as a request'),
      page('event-bus.md', 'Get each change through Amazon EventBridge'),
      page('admin-api.md', 'Administer domains with requests'),
      page('admin-api.openapi.json', 'Each operation of the admin API', {
        slug: 'admin-api-reference',
        title: 'Admin API reference',
      }),
    ],
  },
];

export const HELP_SOURCES: readonly HelpSource[] = HELP_SECTIONS.flatMap(({ pages }) => pages);

/** Files of `docs/` that help pages link to. They are published unchanged as `/help/<name>`. */
export const HELP_FILES = [
  'admin-api.openapi.json',
  'scim-api.openapi.json',
  'scim-events.schema.json',
] as const;
