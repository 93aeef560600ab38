import { MailTemplates } from '../../../shared/mail/content/templates';
import { openMailTemplates } from '../../../shared/mail/content/open-templates';
import { builtInTemplates, writeTemplatesFile } from '../../support/mail/built-in-templates';

const templates = new MailTemplates({
  'layout.html': 'all',
  'de/greeting.txt': 'Guten Tag',
  'de-AT/greeting.txt': 'Grüß Gott',
  'de/layout.html': 'deutsch',
});

it('lists the languages of its files', () => {
  expect(templates.languages).toEqual(['de', 'de-AT']);
});

it.each([
  ['de-AT', 'greeting.txt', 'de-AT/greeting.txt'],
  ['de', 'greeting.txt', 'de/greeting.txt'],
  ['de-AT', 'layout.html', 'de/layout.html'],
  ['en', 'layout.html', 'layout.html'],
  ['en', 'greeting.txt', undefined],
])('for %s, %s is %p', (language, name, file) => {
  expect(templates.locate(language, name)).toBe(file);
});

it('names the missing template', () => {
  expect(() => templates.get('en', 'greeting.txt')).toThrow(
    'There is no email template greeting.txt for the language en.',
  );
});

it('openMailTemplates reads the file that the deployment puts next to the bundle', () => {
  const opened = openMailTemplates(writeTemplatesFile());
  expect(opened.names).toEqual(builtInTemplates.names);
  expect(opened.get('en', 'greeting.txt')).toBe(builtInTemplates.get('en', 'greeting.txt'));
});
