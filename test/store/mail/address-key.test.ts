import { addressKeyOf, addressKeysOf } from '../../../shared/store/mail/address-key';

it.each([
  ['Jane.Doe@Example.COM', 'jane.doe@example.com'],
  [' jane@example.com ', 'jane@example.com'],
  ['Jane@BÜCHER.example', 'jane@xn--bcher-kva.example'],
  ['jane@bu\u0308cher.example', 'jane@xn--bcher-kva.example'],
  ['jane@XN--BCHER-KVA.example', 'jane@xn--bcher-kva.example'],
  ['Mu\u0308ller@example.com', 'müller@example.com'],
  ['ｊａｎｅ＠example．com', 'jane@example.com'],
  ['jane@βόλος.example', 'jane@xn--nxasmm1c.example'],
  ['jane@βόλοσ.example', 'jane@xn--nxasmq6b.example'],
  ['jane@ΒΌΛΟΣ.example', 'jane@xn--nxasmq6b.example'],
  ['jane@faß.example', 'jane@xn--fa-hia.example'],
  [' "a@b"@example.com', '"a@b"@example.com'],
  ['Nobody', 'nobody'],
  ['jane@', 'jane@'],
  ['jane@exa mple', 'jane@exa mple'],
])('the address %j has the key %s', (address, key) => expect(addressKeyOf(address)).toBe(key));

it('an address is also found under its folded and its lowercase form, which previous versions stored', () => {
  expect(addressKeysOf('Jane@BÜCHER.example')).toEqual(['jane@xn--bcher-kva.example', 'jane@bücher.example']);
  expect(addressKeysOf('Jane@example.com')).toEqual(['jane@example.com']);
  expect(addressKeysOf('Jane@βόλος.example')).toEqual([
    'jane@xn--nxasmm1c.example',
    'jane@xn--nxasmq6b.example',
    'jane@βόλος.example',
  ]);
  expect(addressKeysOf('')).toEqual([]);
  expect(addressKeysOf('\ud800')).toEqual([]);
});
