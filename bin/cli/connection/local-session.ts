import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../failure';

/** Where `npm start` says how its services are reached. */
export const SESSION_FILE = path.join('.local', 'session.json');

/** What the CLI needs of `Session` (local/session.ts). */
export interface LocalSession {
  readonly region: string;
  /** `AWS_ENDPOINT_URL_…` → URL. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly baseUrl: string;
  readonly scimKey: string;
  readonly adminUrl: string;
  readonly adminToken: string;
}

export function readSession(file: string): LocalSession {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LocalSession;
  } catch {
    throw new Failure(`There is no local system at ${file}. Start one with: npm start`);
  }
}

/** So that whatever reads the session goes on after a rotation. */
export function noteAdminToken(file: string, adminToken: string): void {
  writeFileSync(file, `${JSON.stringify({ ...readSession(file), adminToken }, null, 2)}\n`);
}

/** What the SDK's clients read; whoever runs the system locally needs no account. */
export const localEnvironment = ({ region, endpoints }: LocalSession): Record<string, string> => ({
  ...endpoints,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
});
