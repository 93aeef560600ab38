import { loadMailTemplates } from '../../../lib/template-check/load-templates';
import { renderMail, type MailContent } from '../../../shared/mail/content/render';
import { MailTemplates } from '../../../shared/mail/content/templates';
import type { MailSettings } from '../../../shared/mail/settings';
import type { LicenseHolder } from '../../../shared/store/licenses/license-write';
import { builtInTemplates } from '../../support/mail/built-in-templates';

const KEY = '4FVS6-7WVT1-TYWR2-B22E9-QPP6J';
const key: MailContent = { kind: 'license-key', key: KEY };
const deactivated: MailContent = { kind: 'license-deactivated', reason: 'deactivated' };
const deleted: MailContent = { kind: 'license-deactivated', reason: 'deleted' };
const reactivated: MailContent = { kind: 'license-key', key: KEY, keyChange: 'kept' };
const replaced: MailContent = { kind: 'license-key', key: KEY, keyChange: 'replaced' };
const everyContent = [key, reactivated, replaced, deactivated, deleted];

const settings: MailSettings = {
  sender: 'licenses@example.com',
  productName: 'Example & Sons',
  color: '#facc15',
  supportAddress: 'support@example.com',
  language: 'en',
  configurationSet: 'license-mail',
};
const jane: LicenseHolder = {
  email: 'jane.doe@example.com',
  userName: 'jane.doe',
  name: 'Jane Doe',
  userType: 'Full User',
};
const render = (content: MailContent, holder: Partial<LicenseHolder> = {}) =>
  renderMail(content, { ...jane, ...holder }, settings, builtInTemplates);

describe('the email with the key', () => {
  it('shows the key as one text without line breaks', () => {
    const { html, text } = render(key);
    expect(html.split(KEY)).toHaveLength(2);
    expect(html).toMatch(new RegExp(`<span[^>]*white-space:\\s*nowrap[^>]*>\\s*${KEY}\\s*</span`));
    expect(text).toMatch(new RegExp(`^ *${KEY}$`, 'm'));
  });

  it('does not show the key in lists of emails and on lock screens', () => {
    const { subject, html } = render(key);
    expect(subject).toBe('Your Example & Sons license key');
    const preheader = /display:\s*none[^>]*>([^<]*)</.exec(html)?.[1];
    expect(preheader).toContain('Open this email to see your key.');
    expect(preheader).not.toContain(KEY);
  });
});

describe.each(['en', 'de'])('the email with a key in %s', (language) => {
  it('differs for a new, an unchanged, and a replaced key, and always has the key', () => {
    const mails = [key, reactivated, replaced].map((content) => render(content, { language }));
    for (const { html, text } of mails) for (const body of [html, text]) expect(body).toContain(KEY);
    for (const part of ['subject', 'text', 'html'] as const)
      expect(new Set(mails.map((mail) => mail[part])).size).toBe(3);
  });

  it('says that an unchanged key need not be entered again, and that a replaced key no longer works', () => {
    const unchanged = {
      en: /do\s+not\s+need\s+to\s+enter\s+it\s+again/,
      de: /müssen\s+Sie\s+ihn\s+nicht\s+erneut/,
    }[language]!;
    const replacedKey = {
      en: /previous\s+key\s+no\s+longer\s+works/,
      de: /bisheriger\s+Schlüssel\s+ist\s+nicht\s+mehr/,
    }[language]!;
    for (const [content, says, doesNot] of [
      [reactivated, unchanged, replacedKey],
      [replaced, replacedKey, unchanged],
    ] as const) {
      for (const body of ['text', 'html'] as const) {
        expect(render(content, { language })[body]).toMatch(says);
        expect(render(content, { language })[body]).not.toMatch(doesNot);
      }
    }
    for (const body of ['text', 'html'] as const) {
      expect(render(key, { language })[body]).not.toMatch(unchanged);
      expect(render(key, { language })[body]).not.toMatch(replacedKey);
    }
  });
});

describe('the notice', () => {
  it('distinguishes a deactivation from a deletion', () => {
    const wasDeactivated = /organization\s+deactivated\s+your\s+.*\s+account\s+in\s+its\s+directory/;
    const wasDeleted = /organization\s+deleted\s+your\s+.*\s+account\s+from\s+its\s+directory/;
    for (const body of ['text', 'html'] as const) {
      expect(render(deactivated)[body]).toMatch(wasDeactivated);
      expect(render(deleted)[body]).toMatch(wasDeleted);
    }
    expect(render(deleted).text).not.toContain('deactivated your');
    expect(render(deactivated).html).not.toContain('deleted');
  });

  it.each([deactivated, deleted])('explains what it means and whom to contact', (content) => {
    const { subject, html, text } = render(content);
    expect(subject).toBe('Your Example & Sons license was deactivated');
    for (const body of [html, text]) {
      expect(body).toMatch(/Your license key no longer\s+works/);
      expect(body).toMatch(/the people who manage accounts in your\s+organization/);
    }
  });
});

describe.each(everyContent)('every email ($kind)', (content) => {
  it('greets the user by name if there is one', () => {
    expect(render(content).text).toMatch(/^Hello Jane Doe,\n/);
    expect(render(content).html).toMatch(/Hello\s+Jane Doe,/);
    for (const name of [undefined, '', ' \n ']) {
      expect(render(content, { name }).text).toMatch(/^Hello,\n/);
    }
  });

  it('shows the user type, the account, the product, and the support address', () => {
    const { html, text } = render(content);
    for (const value of ['Full User', 'jane.doe', 'support@example.com']) {
      expect(html).toContain(value);
      expect(text).toContain(value);
    }
    expect(html).toContain('Example &amp; Sons');
    expect(text).toContain('Example & Sons');
  });

  it('has a value for every placeholder', () => {
    const { subject, html, text } = render(content);
    expect(subject + html + text).not.toMatch(/\{\{|\}\}|undefined|\[object/);
  });

  it('has readable text on the accent color', () => {
    expect(render(content).html).toMatch(/background-color:\s*#facc15;\s*color:\s*#000000/);
  });

  it('loads nothing from other servers', () => {
    expect(render(content).html).not.toMatch(/<img|<script|<link|url\(|src=|@import/i);
  });

  it('escapes values from the directory in HTML, and only there', () => {
    const name = `<img src=x onerror=alert(1)> & {{key}} {{{supportAddress}}}`;
    const { html, text } = render(content, { name, userName: '</td><b>' });
    expect(html).not.toMatch(/<img|<b>/);
    expect(html).toContain('{{key}} {{{supportAddress}}}');
    expect(text).toContain(name);
  });

  it.each([
    'x'.repeat(65),
    'Jane\nYour key is FALSE',
    'a\u202eb',
    'https://x.example',
    'x.example',
    'pay @x',
  ])('greets without a name that could be a message: %p', (name) => {
    const { subject, html, text } = render(content, { name, userName: name });
    expect(text).toMatch(/^Hello,\n/);
    for (const part of [subject, html, text]) expect(part).not.toContain(name);
    expect(text).toContain('jane.doe@example.com');
  });

  it('leaves out the account if there is nothing to show', () => {
    const { html, text } = render(content, { userName: 'x.example', email: undefined });
    for (const part of [html, text]) expect(part).not.toContain('Account');
  });

  it('has the same subject for every user, also with templates of an earlier version', () => {
    const files = { ...loadMailTemplates().files };
    for (const kind of ['license-key', 'license-deactivated'])
      files[`en/${kind}.subject.txt`] = 'For {{name}} {{userName}} of {{productName}}';
    const { subject } = renderMail(content, jane, settings, new MailTemplates(files));
    expect(subject).toBe('For of Example & Sons');
  });

  it('has a subject of one line, whatever the product name is', () => {
    const productName = 'A\r\nBcc: b@example.com';
    const { subject } = renderMail(content, jane, { ...settings, productName }, builtInTemplates);
    expect(subject).not.toMatch(/[\r\n]/);
  });
});

describe('the language of an email', () => {
  const languageOf = (html: string): string | undefined => /<html lang="([^"]*)"/.exec(html)?.[1];

  it.each([
    ['de-AT, en;q=0.5', 'de'],
    ['en-US', 'en'],
    ['ja', 'en'],
    [undefined, 'en'],
  ])('for a holder with the language %p is %p', (language, expected) => {
    const { subject, html } = render(key, { language });
    expect(languageOf(html)).toBe(expected);
    expect(subject).toContain(expected === 'de' ? 'Ihr Lizenzschlüssel' : 'license key');
  });

  it('is that of the settings if there are no templates for the holder', () => {
    const { html } = renderMail(key, jane, { ...settings, language: 'de' }, builtInTemplates);
    expect(languageOf(html)).toBe('de');
  });

  it.each(everyContent)(
    'is the same in all parts ($kind), whatever the values of the user are',
    (content) => {
      const german = render(content, { language: 'de' });
      const words = (text: string): string => text.replace(/<style>[^]*?<\/style>|<[^>]*>/g, ' ');
      for (const text of [german.subject, words(german.html), german.text]) {
        expect(text).not.toMatch(/\b(your|license|account|hello|questions|you)\b/i);
      }
      expect(german.text).toMatch(/^Guten Tag Jane Doe,\n\nIh/);
      expect(german.text).toContain('Full User');
    },
  );
});
