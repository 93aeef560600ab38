import { gunzipSync } from 'node:zlib';
import { noContent, notModified, ok, toProxyResult } from '../../../shared/http/chain/response';

const TOO_LARGE = { text: 'x'.repeat(7 * 1024 * 1024) };

describe('toProxyResult', () => {
  it('has a body in JSON with its type, and the headers of the route', async () => {
    expect(await toProxyResult({ status: 201, body: { a: 'é' }, headers: { etag: 'W/"1"' } })).toEqual({
      statusCode: 201,
      headers: { 'content-type': 'application/scim+json', etag: 'W/"1"' },
      body: '{"a":"é"}',
    });
  });

  it('has neither where there is none', async () => {
    expect(await toProxyResult(noContent())).toEqual({ statusCode: 204, headers: {}, body: '' });
    const headers = { etag: 'W/"2"' };
    expect(await toProxyResult(notModified('W/"2"'))).toEqual({ statusCode: 304, headers, body: '' });
  });

  it('has the text of a route that gives it in pieces', async () => {
    const text = (async function* () {
      yield await Promise.resolve('{"a":');
      yield '1}';
    })();
    expect(await toProxyResult({ status: 200, text })).toMatchObject({ statusCode: 200, body: '{"a":1}' });
  });

  it('is packed where it is large and may be', async () => {
    const { headers, body, isBase64Encoded } = await toProxyResult(ok(TOO_LARGE), true);
    expect(headers).toMatchObject({ 'content-type': 'application/scim+json', 'content-encoding': 'gzip' });
    expect(isBase64Encoded).toBe(true);
    expect(JSON.parse(gunzipSync(Buffer.from(body, 'base64')).toString())).toEqual(TOO_LARGE);
  });

  it('is an error that tells how to ask for less where it does not fit', async () => {
    await expect(toProxyResult(ok(TOO_LARGE))).rejects.toMatchObject({
      status: 400,
      scimType: 'tooMany',
      detail: expect.stringContaining('excludedAttributes=members') as string,
    });
  });

  it('is what the route says where it does not fit', async () => {
    const headers = { etag: 'W/"3"' };
    const response = { ...ok(TOO_LARGE), headers, ifTooLarge: () => ({ status: 204, headers }) };
    expect(await toProxyResult(response)).toEqual({ statusCode: 204, headers, body: '' });
  });

  it('fails with what its text fails with', async () => {
    const error = new Error('no page');
    const text = (async function* () {
      yield await Promise.resolve('{');
      throw error;
    })();
    await expect(toProxyResult({ status: 200, text })).rejects.toBe(error);
  });
});
