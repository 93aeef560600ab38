import { Callers } from '../../../../local/cloud/callers';
import type { Operations } from '../../../../local/cloud/endpoint/operation';
import { serveEndpoint } from '../../../../local/cloud/endpoint/server';

/** Serves operations, and returns the settings of the SDK clients that call them. */
export async function openEndpoint(operations: Operations, callers = new Callers()) {
  const { url, close } = await serveEndpoint({ callers, operations: () => operations });
  const credentials = { accessKeyId: 'A', secretAccessKey: 'b' };
  return { url, close, client: { region: 'us-east-1', endpoint: url, credentials } };
}

export type TestEndpoint = Awaited<ReturnType<typeof openEndpoint>>;
