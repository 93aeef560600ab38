import { parseMailSettings } from '../../shared/mail/settings';

const SETTINGS = {
  sender: 'licenses@example.com',
  productName: 'Example Product',
  colour: '#0b5cab',
  supportAddress: 'support@example.com',
  language: 'en',
  configurationSet: 'license-mail',
};

it('reads the settings that a deployment gives', () => {
  expect(parseMailSettings(JSON.stringify(SETTINGS))).toEqual(SETTINGS);
});

it.each([
  ['sender', 'Licenses <licenses@example.com>'],
  ['sender', 'licenses@example.com\r\nBcc: all@example.com'],
  ['productName', ''],
  ['productName', '   '],
  ['productName', 'Product\r\nBcc: all@example.com'],
  ['colour', 'blue'],
  ['colour', '#0b5cab;background:url(x)'],
  ['supportAddress', 'support'],
  ['configurationSet', 'a b'],
  ['configurationSet', undefined],
])('says that %s cannot be %j', (name, value) => {
  expect(() => parseMailSettings(JSON.stringify({ ...SETTINGS, [name]: value }))).toThrow(`${name}: `);
});
