import { gunzipSync } from 'node:zlib';
import { noContent, notModified, ok, toProxyResult } from '../../../shared/http/chain/response';

const TOO_LARGE = { text: 'x'.repeat(7 * 1024 * 1024) };

describe('toProxyResult', () => {
  it('has a JSON body, its media type, and the headers of the route', async () => {
    expect(await toProxyResult({ status: 201, body: { a: 'é' }, headers: { etag: 'W/"1"' } })).toEqual({
      statusCode: 201,
      headers: { 'cache-control': 'no-store', 'content-type': 'application/scim+json', etag: 'W/"1"' },
      body: '{"a":"é"}',
    });
  });

  it('has no body and no media type if the route returns none', async () => {
    const notStored = { 'cache-control': 'no-store' };
    expect(await toProxyResult(noContent())).toEqual({ statusCode: 204, headers: notStored, body: '' });
    const headers = { ...notStored, etag: 'W/"2"', 'content-location': '/Users/1' };
    expect(await toProxyResult(notModified('W/"2"', '/Users/1'))).toEqual({
      statusCode: 304,
      headers,
      body: '',
    });
  });

  it('joins the chunks of a route', async () => {
    const text = (async function* () {
      yield await Promise.resolve('{"a":');
      yield '1}';
    })();
    expect(await toProxyResult({ status: 200, text })).toMatchObject({ statusCode: 200, body: '{"a":1}' });
  });

  it('is compressed if it is large and the client accepts gzip', async () => {
    const { headers, body, isBase64Encoded } = await toProxyResult(ok(TOO_LARGE), 'gzip');
    expect(headers).toMatchObject({ 'content-type': 'application/scim+json', 'content-encoding': 'gzip' });
    expect(isBase64Encoded).toBe(true);
    expect(JSON.parse(gunzipSync(Buffer.from(body, 'base64')).toString())).toEqual(TOO_LARGE);
  });

  it('is an error that says how to request less if the body is too large', async () => {
    await expect(toProxyResult(ok(TOO_LARGE))).rejects.toMatchObject({
      status: 400,
      scimType: 'tooMany',
      detail: expect.stringContaining('excludedAttributes=members') as string,
    });
  });

  it('is the response of ifTooLarge if the body is too large', async () => {
    const headers = { etag: 'W/"3"' };
    const response = { ...ok(TOO_LARGE), headers, ifTooLarge: () => ({ status: 204, headers }) };
    expect(await toProxyResult(response)).toEqual({
      statusCode: 204,
      headers: { 'cache-control': 'no-store', ...headers },
      body: '',
    });
  });

  it('fails with the error of its text', async () => {
    const error = new Error('no page');
    const text = (async function* () {
      yield await Promise.resolve('{');
      throw error;
    })();
    await expect(toProxyResult({ status: 200, text })).rejects.toBe(error);
  });
});
