import { catalog } from '../../../portal/src/i18n/catalog';

const EN = {
  title: 'Users',
  greeting: 'Hello {{name}}',
  users_one: '{{count}} user of {{total}}',
  users_other: '{{count}} users of {{total}}',
  linked: 'See <link>the log</link>',
} as const;
const { t } = catalog('test', EN, { title: '', greeting: '', users_one: '', users_other: '', linked: '' });

it('a message gets its values as they are, and numbers in the format of the language', () => {
  expect(t('title')).toBe('Users');
  expect(t('greeting', { name: '<b>$t(title) {{name}}</b> & Co' })).toBe(
    'Hello <b>$t(title) {{name}}</b> & Co',
  );
  expect(t('users', { count: 1, total: 12_345 })).toBe('1 user of 12,345');
  expect(t('users', { count: 1_000, total: 12_345 })).toBe('1,000 users of 12,345');
  expect(t('users', { count: 0, total: 0 })).toBe('0 users of 0');
});

it('an unknown key, and a missing or unknown value, fail the type check', () => {
  // @ts-expect-error There is no such key.
  t('titel');
  // @ts-expect-error The name is missing.
  t('greeting');
  // @ts-expect-error The message has no such value.
  t('greeting', { name: 'Ada', age: 36 });
  // @ts-expect-error A plural needs its count.
  t('users', { total: 3 });
  expect(t('greeting', { name: 'Ada' })).toBe('Hello Ada');
});
