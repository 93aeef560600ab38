import { scimMeRoutes } from '../../../shared/http/routes/me-routes';
import { scimHandler } from '../../../shared/http/chain/scim-handler';
import { parseBody, apiEvent, lambdaContext } from '../../support/requests/api-events';

describe('/Me', () => {
  const handler = scimHandler(scimMeRoutes);
  beforeAll(() => {
    process.env.RATE_PLANS = JSON.stringify({ unmetered: null });
    jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  });
  afterAll(() => jest.restoreAllMocks());

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'is 501 for %s, with any body',
    async (method) => {
      for (const body of [null, '{}', 'no JSON']) {
        const response = await handler(apiEvent({ method, path: '/Me', body }), lambdaContext);
        expect(response.statusCode).toBe(501);
        expect(parseBody(response)).toMatchObject({ status: '501' });
      }
    },
  );
});
