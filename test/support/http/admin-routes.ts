import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { AdminRoute } from '../../../shared/http/admin/route';

const FOLDER = path.join(__dirname, '../../../shared/http/admin/routes');

/** Takes the place of each service, none of which is called. */
const ANYTHING: unknown = new Proxy(() => undefined, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => '' : ANYTHING),
  apply: () => ANYTHING,
});

type CreateRoutes = (...services: readonly unknown[]) => readonly AdminRoute[];

/** The files with routes of the admin API, and the routes of each. */
export const ROUTE_FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('-routes.ts'))
  .map((file) => ({ name: path.basename(file, '.ts'), routes: routesIn(path.join(FOLDER, file)) }));

function routesIn(file: string): readonly AdminRoute[] {
  const exported = Object.entries(jest.requireActual<Record<string, unknown>>(file));
  return exported
    .filter(([name]) => name.endsWith('Routes'))
    .flatMap(([, create]) => (create as CreateRoutes)(ANYTHING, ANYTHING));
}
