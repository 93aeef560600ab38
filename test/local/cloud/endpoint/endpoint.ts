import { Callers } from '../../../../local/cloud/callers';
import type { AwsOperations, Operations } from '../../../../local/cloud/endpoint/operation';
import { PlannedCalls } from '../../../../local/cloud/endpoint/planned-calls';
import { serveEndpoint } from '../../../../local/cloud/endpoint/server';
import type { Iam } from '../../../../local/cloud/iam/iam';
import { ADMINISTRATOR, iamOf } from '../../iam';

interface EndpointOptions {
  readonly callers?: Callers;
  readonly iam?: Iam;
  readonly local?: Operations;
  readonly calls?: PlannedCalls;
}

/** Serves operations, and returns the settings of the SDK clients that call them. */
export async function openEndpoint(
  aws: AwsOperations,
  { callers = new Callers(), iam = iamOf(), local = {}, calls = new PlannedCalls() }: EndpointOptions = {},
) {
  const { url, close } = await serveEndpoint({ calls, callers, iam, operations: () => ({ aws, local }) });
  return { url, close, client: { region: 'us-east-1', endpoint: url, credentials: ADMINISTRATOR } };
}

export type TestEndpoint = Awaited<ReturnType<typeof openEndpoint>>;
