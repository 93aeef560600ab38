import { parseMailSettings } from '../../shared/mail/settings';

const SETTINGS = {
  sender: 'licenses@example.com',
  productName: 'Example Product',
  color: '#0b5cab',
  supportAddress: 'support@example.com',
  language: 'en',
  configurationSet: 'license-mail',
};

it('parses the settings of a deployment', () => {
  expect(parseMailSettings(JSON.stringify(SETTINGS))).toEqual(SETTINGS);
});

it.each([
  ['sender', 'Licenses <licenses@example.com>'],
  ['sender', 'licenses@example.com\r\nBcc: all@example.com'],
  ['productName', ''],
  ['productName', '   '],
  ['productName', 'Product\r\nBcc: all@example.com'],
  ['color', 'blue'],
  ['color', '#0b5cab;background:url(x)'],
  ['supportAddress', 'support'],
  ['configurationSet', 'a b'],
  ['configurationSet', undefined],
])('refuses %s %j and names the setting', (name, value) => {
  expect(() => parseMailSettings(JSON.stringify({ ...SETTINGS, [name]: value }))).toThrow(`${name}: `);
});
