import { renderKeyExpiry, type KeyExpiry } from '../../../shared/mail/content/render-key-expiry';
import { MailTemplates } from '../../../shared/mail/content/templates';
import { loadMailTemplates } from '../../../lib/template-check/load-templates';
import { builtInTemplates } from '../../support/mail/built-in-templates';

const EXPIRY = Date.parse('2027-01-31T12:00:00.000Z');
const key: KeyExpiry = {
  domainId: '0199a8d2-0000-7000-8000-000000000001',
  domainName: 'Example Inc',
  keyId: '0199a8d2-9c4e-7000-8000-000000000002',
  keyName: 'Okta',
  expireTime: new Date(EXPIRY).toISOString(),
};
const settings = {
  sender: 'licenses@example.com',
  productName: 'Example Product',
  color: '#0b5cab',
  supportAddress: 'support@example.com',
  language: 'en',
  configurationSet: 'license-mail',
};
const render = (daysLeft: number, { templates = builtInTemplates, language = 'en', given = {} } = {}) =>
  renderKeyExpiry({ ...key, ...given }, { ...settings, language }, templates, {
    now: new Date(EXPIRY - daysLeft * 86_400_000),
    portalUrl: 'https://licenses.example.com',
  });

it.each([
  [29.99, 'A SCIM key for Example Product expires in 30 days'],
  [6.98, 'A SCIM key for Example Product expires in 7 days'],
  [1.2, 'A SCIM key for Example Product expires in 2 days'],
  [1, 'A SCIM key for Example Product expires within a day'],
  [0.1, 'A SCIM key for Example Product expires within a day'],
  [0, 'A SCIM key for Example Product has expired'],
  [-3, 'A SCIM key for Example Product has expired'],
])('with %p days left, the subject is "%s"', (daysLeft, subject) => {
  expect(render(daysLeft).subject).toBe(subject);
});

it('says which key expires when, and what to do', () => {
  const { text, html } = render(7);
  for (const part of [
    'Okta',
    '0199a8d2-9c4e…',
    'Example Inc',
    'January 31, 2027 at 12:00 UTC',
    'Revoke the old one.',
  ])
    for (const body of [text, html]) expect(body).toContain(part);
  expect(text).toContain(
    'https://licenses.example.com/domains/0199a8d2-0000-7000-8000-000000000001/settings/scim',
  );
});

it.each([
  ['client-secret', 'en', 'A client secret for Example Product expires in 7 days'],
  ['trust', 'en', 'A trust for Example Product expires in 7 days'],
  ['client-secret', 'de', 'Ein geheimer Clientschlüssel für Example Product läuft in 7 Tagen ab'],
  ['trust', 'de', 'Ein Vertrauensanker für Example Product läuft in 7 Tagen ab'],
])('names the kind of credential: %s in %s', (type, language, subject) => {
  const mail = render(7, { language, given: { type } });
  expect(mail.subject).toBe(subject);
  expect(mail.text + mail.html).not.toContain('SCIM key');
});

it('leaves out names that could be a message', () => {
  for (const name of ['Okta\n\nPAY HERE', 'a\u202eb', 'x.example', 'https://x', 'jane@x', 'x'.repeat(101)]) {
    const { subject, text, html } = render(7, { given: { keyName: name, domainName: name } });
    for (const part of [subject, text, html]) expect(part).not.toContain(name);
    expect(text).toContain(`    (0199a8d2-9c4e…)\n    ${key.domainId}\n`);
  }
  const { html } = render(7, { given: { keyName: '<b>x</b>' } });
  expect(html).not.toContain('<b>x</b>');
});

it('uses the language of the deployment, or English if that has no templates for it', () => {
  expect(render(7, { language: 'de' }).subject).toBe(
    'Ein SCIM-Schlüssel für Example Product läuft in 7 Tagen ab',
  );
  expect(render(7, { language: 'de' }).text).toContain('31. Januar 2027 um 12:00 UTC');
  const { files } = loadMailTemplates();
  const french = Object.entries(files)
    .filter(([name]) => name.startsWith('en/') && !/scim-key|administrator/.test(name))
    .map(([name, content]) => [name.replace('en/', 'fr/'), content]);
  const templates = new MailTemplates({
    ...files,
    ...(Object.fromEntries(french) as Record<string, string>),
  });
  expect(render(7, { language: 'fr', templates }).subject).toContain('expires in 7 days');
});

it('says to administrators why they get the email', () => {
  for (const body of [render(7).text, render(7).html]) {
    expect(body).toContain('set for notifications about');
    expect(body).not.toContain('your organization manages your');
  }
});
