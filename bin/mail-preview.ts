import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderMail, type MailContent } from '../shared/mail/render';
import type { MailSettings } from '../shared/mail/settings';
import type { LicenseHolder } from '../shared/store/license-write';

/** Writes every mail in all its variants to `.local/mail-preview/`, with an `index.html` that shows them. */
const DIRECTORY = join('.local', 'mail-preview');

const settings: MailSettings = {
  sender: 'licenses@example.com',
  productName: 'Example Product',
  colour: '#1d4ed8',
  supportAddress: 'support@example.com',
  configurationSet: 'license-mail',
};
const jane: LicenseHolder = {
  email: 'jane.doe@example.com',
  userName: 'jane.doe@example.com',
  name: 'Jane Doe',
  userType: 'Full User',
};
const nameless: LicenseHolder = {
  email: 'emp-12345@example.com',
  userName: 'emp-12345',
  userType: 'Basic User',
};
const longNamed: LicenseHolder = {
  email: 'wolfeschlegel@example.com',
  userName: `${'wolfeschlegelsteinhausenbergerdorff.'.repeat(3)}senior@subsidiary.example.com`,
  name: 'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff Sr. <hubert> & "Söhne"',
  userType: 'Core User',
};
const key: MailContent = { kind: 'license-key', key: 'M8WQ4-7WVT1-TYWR2-B22E9-QPP6J' };

const variants: Record<string, [MailContent, LicenseHolder, MailSettings]> = {
  'license-key': [key, jane, settings],
  'license-key-without-name': [key, nameless, settings],
  'license-key-long-values': [
    key,
    longNamed,
    { ...settings, productName: 'Example Product Professional Edition' },
  ],
  'license-key-light-colour': [key, jane, { ...settings, colour: '#facc15' }],
  'license-deactivated': [{ kind: 'license-deactivated', reason: 'deactivated' }, jane, settings],
  'license-deactivated-deleted': [{ kind: 'license-deactivated', reason: 'deleted' }, nameless, settings],
};

mkdirSync(DIRECTORY, { recursive: true });
const write = (name: string, text: string): void => writeFileSync(join(DIRECTORY, name), text);

const sections = Object.entries(variants).map(([name, variant]) => {
  const { subject, html, text } = renderMail(...variant);
  write(`${name}.html`, html);
  write(`${name}.txt`, text);
  return `<h2>${name}: ${subject}</h2>
<p><a href="${name}.html">HTML</a> <a href="${name}.txt">Text</a></p>
<iframe src="${name}.html" width="640" height="780"></iframe> <iframe src="${name}.html" width="390" height="780"></iframe>`;
});
write('index.html', `<!doctype html><meta charset="utf-8"><title>Mails</title>${sections.join('\n')}`);
console.log(`Open ${join(DIRECTORY, 'index.html')}`);
