import * as fc from 'fast-check';
import { jsonSizeOf } from '../../../shared/scim/input/json-size';
import type { Json } from '../../../shared/scim/resource';

it('returns the bytes that JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
      expect(jsonSizeOf(value as Json)).toBe(Buffer.byteLength(JSON.stringify(value)));
      expect(jsonSizeOf(value as Json)).toBe(Buffer.byteLength(JSON.stringify(value)));
    }),
  );
});
