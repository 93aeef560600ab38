import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import type { AdminDeployment } from '../deployment';
import { ENV, requireEnv } from '../env';
import { requestTimeouts } from '../request-timeouts';

/** Returns the origin of the portal, or undefined if the deployment has none yet. */
export async function readPortalUrl(): Promise<string | undefined> {
  const client = new SSMClient({
    requestHandler: requestTimeouts(2_000),
  });
  try {
    const { Parameter } = await client.send(
      new GetParameterCommand({ Name: requireEnv(ENV.adminParameter) }),
    );
    return (JSON.parse(Parameter?.Value ?? '{}') as Partial<AdminDeployment>).portalUrl;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}
