import { provisionDuringRotations } from '../../bench/entra/rotations';
import { EntraStandIn } from '../../bench/entra/stand-in';
import { hostedKeys } from '../support/assertions/hosted-issuer';
import { deployment, session, useSdkEnvironment } from '../support/system/system';

const LOAD = {
  ratePlan: 'unmetered',
  perSecond: 25,
  requests: 120,
  requestsPerToken: 6,
  maxInFlight: 8,
} as const;

it('new client secrets and a new key of the issuer refuse no request of Entra ID', async () => {
  useSdkEnvironment();
  const entra = await EntraStandIn.create(hostedKeys());
  const system = { session: session(), deployment: await deployment() };
  const { refusals, ...figures } = await provisionDuringRotations(system, entra, LOAD);
  expect(refusals).toEqual([]);
  expect(figures.successes + figures.limited).toBe(LOAD.requests);
  expect(figures.successes).toBeGreaterThan(LOAD.requests / 2);
  expect(figures).toMatchObject({ requests: LOAD.requests, rotations: 2, rollovers: 1 });
  // Each client got several tokens before and after each change.
  expect(figures.tokens).toBeGreaterThanOrEqual(LOAD.requests / LOAD.requestsPerToken);
  // Once at first, and once for the new key; both for each instance of the function.
  expect(figures.keyFetches).toBeGreaterThanOrEqual(2);
});
