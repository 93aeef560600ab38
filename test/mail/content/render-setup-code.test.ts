import { renderSetupCode } from '../../../shared/mail/content/render-setup-code';
import { MailTemplates } from '../../../shared/mail/content/templates';
import { builtInTemplates } from '../../support/mail/built-in-templates';

const SETTINGS = {
  sender: 'licenses@example.com',
  productName: 'Example Product',
  color: '#0b5cab',
  supportAddress: 'support@example.com',
  language: 'en',
  configurationSet: 'license-mail',
};

const render = (language = 'en', domainName = 'Example Inc', templates = builtInTemplates) =>
  renderSetupCode({ domainName, code: '012345', minutes: 10 }, { ...SETTINGS, language }, templates);

it('shows the code, the domain, and for how long the code works, in text and HTML', () => {
  const { subject, text, html } = render();
  expect(subject).toBe('Your code to set up Example Product');
  for (const body of [text, html])
    for (const part of ['012345', 'Example Inc', '10 minutes', 'support@example.com'])
      expect(body).toContain(part);
});

it('shows the code only after the email is opened', () => {
  const { subject, html } = render();
  expect(subject).not.toContain('012345');
  expect(html.slice(0, html.indexOf('<table'))).not.toContain('012345');
});

it('speaks the language of the deployment, or English if it has no templates', () => {
  expect(render('de').subject).toBe('Ihr Code zum Einrichten von Example Product');
  expect(render('de').text).toMatch(/^Guten Tag,/);
  expect(render('fr').text).toMatch(/^Hello,/);
});

it('leaves out a name of the domain that could be a message', () => {
  for (const name of ['Pay\n\nHERE', 'https://x', 'jane@x'])
    expect(render('en', name).text).not.toContain(name);
});

it('uses templates of the deployment', () => {
  const files = Object.fromEntries(
    builtInTemplates.names.map((name) => [name, builtInTemplates.get('', name)]),
  );
  const own = new MailTemplates({ ...files, 'en/setup-code.subject.txt': 'Code for {{productName}}' });
  expect(render('en', 'Example Inc', own).subject).toBe('Code for Example Product');
});
