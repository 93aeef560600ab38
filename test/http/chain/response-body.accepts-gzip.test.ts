import fc from 'fast-check';
import { acceptsGzip } from '../../../shared/http/chain/response-body';

describe('acceptsGzip', () => {
  it.each([
    'gzip',
    'GZIP',
    'x-gzip',
    'gzip, deflate',
    'br, gzip',
    'deflate,gzip;q=0.5',
    'gzip ; q=0.001',
    'gzip;Q=1.0, identity; q=0.5, *;q=0',
    '*',
    'identity;q=0, *;q=0.1',
  ])('is true for %j', (header) => expect(acceptsGzip(header)).toBe(true));

  it.each([
    undefined,
    '',
    'identity',
    'deflate',
    'br',
    'gzip;q=0',
    'gzip; q=0.000',
    'gzip;q=0, *',
    '*;q=0',
    'gzipped',
    'not gzip',
    'gzip;q=much',
  ])('is false for %j', (header) => expect(acceptsGzip(header)).toBe(false));

  it('accepts any text', () => {
    fc.assert(fc.property(fc.string(), (header) => expect(typeof acceptsGzip(header)).toBe('boolean')));
  });
});
