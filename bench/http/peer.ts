/** Runs `scimmy-routers` on Express, with users in memory, for the bench `http`. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Resources } from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';
import { newUser } from './rows';
import { serveOrders, type ContenderMessage } from './contender';

type StoredUser = Readonly<Record<string, unknown>> & { readonly id: string };

interface SentResource {
  readonly id?: string;
  readonly filter?: { match(users: StoredUser[]): StoredUser[] };
}

const TOKEN = randomUUID();
const users = new Map<string, StoredUser>();

function store(id: string, attributes: object): StoredUser {
  const { created = new Date() } = (users.get(id)?.meta ?? {}) as { created?: Date };
  const user = { ...attributes, id, meta: { created, lastModified: new Date() } };
  users.set(id, user);
  return user;
}

// As in the example of the package, the handlers know only the ID and the filter of a request.
Resources.declare(Resources.User)
  .ingress((({ id }: SentResource, attributes: object) => store(id ?? randomUUID(), attributes)) as never)
  .egress((({ id, filter }: SentResource) => {
    if (id !== undefined) return users.get(id);
    const all = [...users.values()];
    return filter ? filter.match(all) : all;
  }) as never);

const app = express();
app.use(
  '/scim',
  new SCIMMYRouters({
    type: 'bearer',
    handler: ({ headers }: { headers: { authorization?: string } }) => {
      if (headers.authorization !== `Bearer ${TOKEN}`) throw new Error('Unauthorized');
      return 'bench';
    },
  }) as never,
);

const server = createServer(app).listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const target = { baseUrl: `http://127.0.0.1:${port}/scim`, token: TOKEN };
  process.send?.({ kind: 'ready', target } satisfies ContenderMessage);
});

serveOrders((order): Promise<ContenderMessage | undefined> => {
  switch (order.kind) {
    case 'fill': {
      const first = users.size;
      for (let number = first; number < first + order.users; number++)
        store(randomUUID(), newUser(`filled-${number}`));
      return Promise.resolve({ kind: 'filled' });
    }
    case 'settle':
      return Promise.resolve({ kind: 'quiet' });
    case 'measure': {
      const { user, system } = process.cpuUsage();
      const memoryMb = process.memoryUsage.rss() / 2 ** 20;
      return Promise.resolve({
        kind: 'usage',
        usage: { 'Express and scimmy': { cpuMs: (user + system) / 1_000, memoryMb } },
      });
    }
    case 'stop':
      return process.exit();
  }
});
