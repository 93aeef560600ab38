import { accountName, greetingName, plainText } from '../../../shared/mail/content/client-text';

it.each([
  'Jane Doe',
  'Jane Doe (she/her)',
  'J. R. R. Tolkien',
  'J.R.R. Tolkien',
  "Miles O'Brien, Jr.",
  'José María Núñez-Smith',
  'Nguyễn Văn A',
  '田中 太郎',
  'نیما\u200cزاده',
  'x'.repeat(64),
  '😀'.repeat(64),
])('the greeting uses the name %p', (name) => {
  expect(greetingName(name)).toBe(name);
});

it('the greeting uses a name on one line', () => {
  expect(greetingName('  Jane  \u00a0 Doe ')).toBe('Jane Doe');
});

it.each([
  'x'.repeat(65),
  '😀'.repeat(65),
  'Jane\nDoe',
  'Jane\r\nDoe',
  'Jane\u2028Doe',
  'Jane\u2029Doe',
  'Jane\u0085Doe',
  'Jane\tDoe',
  'Jane\u0000',
  'Jane \u202eeoD',
  'Jane \u2067Doe',
  'Jane \ud800',
  'jane@example.com',
  'Jane ＠ example',
  'Jane ﹫ example',
  'Jane @example',
])('the greeting leaves out %p', (name) => {
  expect(greetingName(name)).toBe('');
});

const LINKS = [
  'https://x.example',
  'Win at HTTPS://X.EXAMPLE/now',
  'https:x',
  'hxxp://x',
  'hxxps x example',
  'h**p x',
  'ftp x',
  'mailto:jane',
  'javascript:alert(1)',
  'tel:+15550100',
  'Call tel：+15550100',
  'localhost:8080',
  'www.x',
  'Visit www.x.example',
  'www2 x',
  'x.example',
  'Visit x.example now',
  'x.example/win',
  'x.example?win=1',
  'shop.x.co',
  '//x/y',
  '\\\\x\\y',
  '192.0.2.1',
  '1.1.1.1',
  'xn--bcher-kva',
  'bücher.example',
  'x．example',
  'x。example',
  'x｡example',
  'x․example',
  'x﹒example',
  'ｘ．ｅｘａｍｐｌｅ',
  'x\u200b.example',
  'x.\u2060example',
  'x\u00ad.exam\u00adple',
  'ℎttps：//x',
  'http∶⁄⁄x',
  'ｗｗｗ.x',
  'x[.]example',
  'x (dot) example',
  'x{.}example',
  '❤.example',
  '例え.テスト',
];

it.each(LINKS)('the greeting leaves out what looks like a link: %p', (name) => {
  expect(greetingName(name)).toBe('');
  expect(plainText(`${name} `, 100)).toBeUndefined();
});

it.each(LINKS)('an email shows the address instead of a userName that looks like a link: %p', (userName) => {
  expect(accountName(userName, 'jane@example.com')).toBe('jane@example.com');
  expect(accountName(`Visit ${userName}`, 'jane@example.com')).toBe('jane@example.com');
});

it.each([
  ['jane@example.com', 'jane@example.com'],
  ['Jane.Doe+it@EXAMPLE.com', 'jane@example.com'],
  ['jane_example.com#EXT#@tenant.example.com', 'jane@example.com'],
  ['emp-12345', 'jane@example.com'],
  ['CORP\\jdoe', 'jane@example.com'],
  ['jane.doe', 'Jane.Doe@example.com'],
  ['müller@bücher.example', undefined],
])('an email shows the userName %p', (userName, address) => {
  expect(accountName(userName, address)).toBe(userName);
});

it.each([
  'Pay now at x.example/y@example.com',
  'https//x@example.com',
  'www.x.example@example.com',
  'x.example/y@example.com',
  'Jane <jane@x.example>',
  'one@example.com two@example.com',
  `${'x'.repeat(65)}@example.com`,
  'x'.repeat(65),
  'Jane\nDoe',
  'jane.doe',
])('an email does not show the userName %p', (userName) => {
  expect(accountName(userName, 'emp-1@example.com')).toBe('emp-1@example.com');
  expect(accountName(userName)).toBe('');
  expect(accountName(userName, 'x/y@example.com')).toBe('');
});
