import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from 'commander';
import cdk from '../cdk.json';
import { ConfigError, readConfig } from '../lib/config';
import { type KeyExpiry, renderKeyExpiry } from '../shared/mail/content/render-key-expiry';
import { type MailContent, renderMail } from '../shared/mail/content/render';
import type { MailSettings } from '../shared/mail/settings';
import { MailTemplates } from '../shared/mail/content/templates';
import type { LicenseHolder } from '../shared/store/licenses/license-write';

const DIRECTORY = join('.local', 'mail-preview');

/** The settings of the stage have the user type. */
type Holder = Omit<LicenseHolder, 'userType'>;

const namedHolder: Holder = {
  email: 'jane.doe@example.com',
  userName: 'jane.doe@example.com',
  name: 'Jane Doe',
};
const unnamedHolder: Holder = {
  email: 'emp-12345@example.com',
  userName: 'emp-12345',
};
const longNameHolder: Holder = {
  email: 'wolfeschlegel@example.com',
  userName: `${'wolfeschlegelsteinhausenbergerdorff.'.repeat(3)}senior@subsidiary.example.com`,
  name: 'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff Sr. <hubert> & "Söhne"',
};
const key = { kind: 'license-key', key: 'M8WQ4-7WVT1-TYWR2-B22E9-QPP6J' } as const;

type Variant = readonly [MailContent, Holder, MailSettings];

const EXPIRE_TIME = '2027-01-31T12:00:00.000Z';
const PORTAL_URL = 'https://licenses.example.com';

const scimKey: KeyExpiry = {
  domainId: '0199a8d2-0000-7000-8000-000000000001',
  domainName: 'Example Inc',
  keyId: '0199a8d2-9c4e-7000-8000-000000000002',
  keyName: 'Okta production',
  expireTime: EXPIRE_TIME,
};

/** Reminders by name: the key, the days left, and the portal, if there is one. */
const REMINDERS: Readonly<Record<string, readonly [KeyExpiry, number, string?]>> = {
  'scim-key-expiry': [scimKey, 7, PORTAL_URL],
  'scim-key-expiry-last-day': [scimKey, 1, PORTAL_URL],
  'scim-key-expiry-expired': [scimKey, 0, PORTAL_URL],
  'scim-key-expiry-without-portal-long-values': [
    {
      ...scimKey,
      keyName: 'Wolfeschlegelsteinhausenbergerdorff'.repeat(3).slice(0, 100),
      domainName: '<b>Söhne & Co</b>',
    },
    30,
  ],
};

const variantsWith = (settings: MailSettings): Record<string, Variant> => ({
  'license-key': [key, namedHolder, settings],
  'license-key-without-name': [key, unnamedHolder, settings],
  'license-key-long-values': [
    key,
    longNameHolder,
    { ...settings, productName: 'Example Product Professional Edition' },
  ],
  'license-key-light-color': [key, namedHolder, { ...settings, color: '#facc15' }],
  'license-key-reactivated': [{ ...key, keyChange: 'kept' }, namedHolder, settings],
  'license-key-replaced': [{ ...key, keyChange: 'replaced' }, namedHolder, settings],
  'license-deactivated': [{ kind: 'license-deactivated', reason: 'deactivated' }, namedHolder, settings],
  'license-deactivated-deleted': [
    { kind: 'license-deactivated', reason: 'deleted' },
    unnamedHolder,
    settings,
  ],
});

program
  .name('npm run mail:preview --')
  .description(`Renders every email in all variants and languages to ${DIRECTORY}/index.html.`)
  .option(
    '-c, --context <setting...>',
    'the stage, and settings that replace those of its file: stage=prod, mailTemplates=<directory>',
  );

function readSettings(): ReturnType<typeof readConfig> {
  const { context = [] } = program.parse().opts<{ context?: string[] }>();
  const entries = context.map((setting) => {
    const [name = '', ...value] = setting.split('=');
    return [name, value.join('=')];
  });
  return readConfig({ ...cdk.context, ...(Object.fromEntries(entries) as Record<string, string>) });
}

function main(): void {
  const { mail, mailTemplates, product } = readSettings();
  const [userType = ''] = [...product.userTypes.names].sort((one, other) => other.length - one.length);
  const templates = new MailTemplates(mailTemplates);
  rmSync(DIRECTORY, { recursive: true, force: true });
  mkdirSync(DIRECTORY, { recursive: true });
  const sections = templates.languages.flatMap((language) => [
    `<h1>${language}</h1>`,
    ...Object.entries(variantsWith({ ...mail, configurationSet: 'license-mail' })).map(
      ([name, [content, holder, settings]]) =>
        writeSection(
          `${name}.${language}`,
          renderMail(content, { ...holder, userType, language }, settings, templates),
        ),
    ),
    ...Object.entries(REMINDERS).map(([name, [key, daysLeft, portalUrl]]) => {
      const now = new Date(Date.parse(EXPIRE_TIME) - daysLeft * 86_400_000);
      const settings = { ...mail, language, configurationSet: 'license-mail' };
      return writeSection(
        `${name}.${language}`,
        renderKeyExpiry(key, settings, templates, { now, portalUrl }),
      );
    }),
  ]);
  writeFile('index.html', `<!doctype html><meta charset="utf-8"><title>Emails</title>${sections.join('\n')}`);
  console.log(`Open ${join(DIRECTORY, 'index.html')}`);
}

function writeSection(name: string, { subject, html, text }: ReturnType<typeof renderMail>): string {
  writeFile(`${name}.html`, html);
  writeFile(`${name}.txt`, text);
  return `<h2>${name}: ${escapeHtml(subject)}</h2>
<p><a href="${name}.html">HTML</a> <a href="${name}.txt">Text</a></p>
<iframe src="${name}.html" width="640" height="780"></iframe> <iframe src="${name}.html" width="390" height="780"></iframe>`;
}

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const writeFile = (name: string, text: string): void => writeFileSync(join(DIRECTORY, name), text);

try {
  main();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exit(1);
}
