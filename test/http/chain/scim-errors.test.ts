import { scimErrors } from '../../../shared/http/chain/scim-errors';
import { ScimError } from '../../../shared/scim/error';
import { parseBody, apiEvent, runMiddleware } from '../../support/requests/api-events';

async function responseTo(thrown: unknown) {
  const unknownErrors: unknown[] = [];
  const response = await runMiddleware([scimErrors((error) => unknownErrors.push(error))], apiEvent(), () => {
    throw thrown;
  });
  return { response, unknownErrors };
}

describe('scimErrors', () => {
  it('responds to a ScimError with its body and its headers', async () => {
    const { response, unknownErrors } = await responseTo(ScimError.methodNotAllowed('PUT', ['GET', 'POST']));
    expect(response).toMatchObject({
      statusCode: 405,
      headers: { 'content-type': 'application/scim+json', allow: 'GET, POST' },
    });
    expect(parseBody(response)).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '405',
      detail: 'PUT is not allowed on this resource. Allowed methods: GET, POST.',
    });
    expect(unknownErrors).toEqual([]);
  });

  it.each([
    ['an error', Object.assign(new Error('secret table name'), { statusCode: 400, detail: 'secret' })],
    ['a text', 'secret'],
    ['an object', { status: 418, body: 'secret', secret: 'secret' }],
    ['null', null],
  ])('responds to %s with a bare 500 and the request id', async (_, thrown) => {
    const { response, unknownErrors } = await responseTo(thrown);
    expect(response).toMatchObject({ statusCode: 500, headers: { 'retry-after': '5' } });
    expect(Object.keys(parseBody(response)).sort()).toEqual(['detail', 'schemas', 'status']);
    expect(parseBody(response).detail).toContain('request-1');
    expect(JSON.stringify(response)).not.toContain('secret');
    expect(unknownErrors).toEqual([thrown]);
  });

  it.each(['ThrottlingException', 'ProvisionedThroughputExceededException', 'TimeoutError'])(
    'responds 503 with Retry-After if the database is busy: %s',
    async (name) => {
      const busy = Object.assign(new Error('secret table name'), { name });
      const { response, unknownErrors } = await responseTo(busy);
      expect(response).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
      expect(JSON.stringify(response)).not.toContain('secret');
      expect(unknownErrors).toEqual([busy]);
    },
  );
});
