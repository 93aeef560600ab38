/** Responds with its event, or as the query says. */
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

export const handler = async (event, context) => {
  const query = event.queryStringParameters ?? {};
  if (query.wait) await setTimeout(Number(query.wait));
  if (query.fail) throw new Error('failed');
  if (query.exit) process.exit(7);
  if (query.malformed) return 'no object';
  if (query.large) return { statusCode: 200, body: 'x'.repeat(7 * 1024 * 1024) };
  if (query.text)
    return {
      statusCode: 200,
      headers: { 'content-type': 'text/plain' },
      body: 'x'.repeat(Number(query.text)),
    };
  if (query.binary)
    return {
      statusCode: 200,
      headers: { 'content-type': query.binary, 'content-encoding': 'gzip' },
      body: gzipSync('unpacked').toString('base64'),
      isBase64Encoded: true,
    };
  if (query.headers) {
    return {
      statusCode: '202',
      headers: { 'WWW-Authenticate': 'Basic', Date: 'today', 'X-One': 1, 'X-Two': 'lost' },
      multiValueHeaders: { 'x-two': ['a', 'b'] },
    };
  }
  return { statusCode: 200, body: JSON.stringify({ event, requestId: context.awsRequestId }) };
};
