/**
 * Runs `scimmy-routers` on Express, with users and groups in memory, so that the simulator has a service of
 * somebody else: `npx tsx test/support/simulator/scimmy-service.ts`. Prints the base URL and the token.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';

type Stored = Readonly<Record<string, unknown>> & { readonly id: string };

interface SentResource {
  readonly id?: string;
  readonly filter?: { match(resources: Stored[]): Stored[] };
}

const TOKEN = randomUUID();

/** Declares a resource type whose names are unique. The handlers are those of the example of the package. */
function declare(type: typeof SCIMMY.Resources.User | typeof SCIMMY.Resources.Group, name: string): void {
  const resources = new Map<string, Stored>();
  const ingress = ({ id = randomUUID() }: SentResource, attributes: Readonly<Record<string, unknown>>) => {
    const isTaken = [...resources.values()].some(
      (each) => each.id !== id && String(each[name]).toLowerCase() === String(attributes[name]).toLowerCase(),
    );
    if (isTaken) throw new SCIMMY.Types.Error(409, 'uniqueness', `The ${name} is already in use.`);
    const { created = new Date() } = (resources.get(id)?.meta ?? {}) as { created?: Date };
    const stored = { ...attributes, id, meta: { created, lastModified: new Date() } };
    resources.set(id, stored);
    return stored;
  };
  const egress = ({ id, filter }: SentResource) => {
    if (id === undefined) {
      const all = [...resources.values()];
      return filter ? filter.match(all) : all;
    }
    const stored = resources.get(id);
    if (!stored) throw new SCIMMY.Types.Error(404, null as never, `Resource ${id} not found.`);
    return stored;
  };
  SCIMMY.Resources.declare(type as typeof SCIMMY.Resources.User)
    .ingress(ingress as never)
    .egress(egress as never)
    .degress((({ id = '' }: SentResource) => void resources.delete(id)) as never);
}

declare(SCIMMY.Resources.User, 'userName');
declare(SCIMMY.Resources.Group, 'displayName');

const app = express();
app.use(
  '/scim',
  new SCIMMYRouters({
    type: 'bearer',
    handler: ({ headers }: { headers: { authorization?: string } }) => {
      if (headers.authorization !== `Bearer ${TOKEN}`) throw new Error('Unauthorized');
      return 'simulator';
    },
  }) as never,
);

const server = createServer(app).listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ baseUrl: `http://127.0.0.1:${port}/scim`, token: TOKEN })}\n`);
});
