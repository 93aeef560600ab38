import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CLIENT_VARIABLES } from '../../../local/cloud/environment';
import { localState } from '../../../local/product/local-state';
import { Failure } from '../failure';

/** The file to which `npm start` writes the addresses and credentials of the local system. */
export const sessionFile = (stage: string): string => path.join(localState(stage), 'session.json');

/** The part of `Session` (local/product/session.ts) that the CLI uses. */
export interface LocalSession {
  readonly stage: string;
  readonly region: string;
  /** `AWS_ENDPOINT_URL_…` → URL. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly baseUrl: string;
  readonly domainId: string;
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

/** Stores a rotated token in the session, so that the programs that read it keep working. */
export function saveAdminToken(file: string, adminToken: string): void {
  writeFileSync(file, `${JSON.stringify({ ...readSession(file), adminToken }, null, 2)}\n`);
}

/** Returns the environment variables that direct the SDK's clients to the local system. */
export const localEnvironment = ({ region, endpoints }: LocalSession): Record<string, string> => ({
  ...endpoints,
  ...CLIENT_VARIABLES,
  AWS_REGION: region,
});
