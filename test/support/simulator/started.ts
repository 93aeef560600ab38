import { adminClient } from '../system/admin-client';
import { clientWithKey, type ClientResponse, type DomainClient } from '../system/system';

/** A connection test that has begun. */
interface StartedSimulation {
  readonly simulationId: string;
  readonly token: string;
  readonly expireTime: string;
  readonly scimBaseUrl: string;
  readonly client: DomainClient;
  /** Ends the test. Returns the status of the response. */
  readonly end: () => Promise<number>;
}

/** Begins a connection test of a domain, as an operator. */
export async function startSimulation(domainId: string): Promise<StartedSimulation> {
  const admin = adminClient();
  const { status, body } = await admin('POST', `/domains/${domainId}/simulations`);
  if (status !== 201) throw new Error(`The test did not begin: ${status} ${JSON.stringify(body)}`);
  const started = body as unknown as Omit<StartedSimulation, 'client' | 'end'>;
  return {
    ...started,
    client: clientWithKey(domainId, started.token),
    end: async () =>
      (await admin('DELETE', `/domains/${domainId}/simulations/${started.simulationId}`)).status,
  };
}

let number = 0;
/** Returns a new name with the reserved suffix. */
export const simulatedName = (): string => `simulation-test-${++number}@simulator.invalid`;

/** The members of users and groups that tests read. */
interface ResourceBody {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly active: boolean;
  readonly members: readonly object[];
  readonly emails: readonly { readonly value: string }[];
}

/** Returns the user or the group in a response. */
export const bodyOf = ({ body }: ClientResponse): ResourceBody => body as ResourceBody;
