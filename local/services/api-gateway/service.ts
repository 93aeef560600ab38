import type { Distribution } from '../cloudfront/distribution';
import { type EdgeParts, serveDistribution } from '../cloudfront/server';
import type { CloudSettings } from '../../cloud/context';
import type { Api } from './api';
import { type GatewayParts, serveApi } from './gateway/server';

/** Takes the ports before anything else is built: the template names the APIs' URLs. Returns the port by API id. */
export async function listenForApis(
  apis: readonly Api[],
  gateways: ReadonlyMap<string, GatewayParts>,
  { port, teardown }: CloudSettings,
): Promise<Map<string, number>> {
  const ports = new Map<string, number>();
  for (const [index, { id }] of apis.entries()) {
    const listening = await serveApi(() => gateways.get(id), index === 0 ? port : 0);
    teardown.add('the API', listening.close);
    ports.set(id, listening.port);
  }
  return ports;
}

/** Takes the ports; returns the URL of each distribution in AWS → where it is served here. */
export async function listenForDistributions(
  distributions: readonly Distribution[],
  edges: ReadonlyMap<string, EdgeParts>,
  { portalPort, teardown }: CloudSettings,
): Promise<Map<string, string>> {
  const urls = new Map<string, string>();
  for (const [index, { id, url }] of distributions.entries()) {
    const listening = await serveDistribution(() => edges.get(id), index === 0 ? portalPort : 0);
    teardown.add('the portal', listening.close);
    urls.set(url, listening.url);
  }
  return urls;
}
