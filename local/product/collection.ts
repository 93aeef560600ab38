import { writeFileSync } from 'node:fs';
import type { Session } from './session';

/** Returns the variables of the API collection with the values of this system. */
export const collectionValues = (session: Session): Readonly<Record<string, string>> => ({
  scimUrl: session.baseUrl,
  scimKey: session.scimKey,
  licenseUrl: session.licenseCheckUrl.replace(/\/check$/, ''),
  adminUrl: session.adminUrl,
  adminToken: session.adminToken,
  mailUrl: session.mailUrl,
});

/**
 * Writes the variables for the collection's environment `local`, for example `scimUrl` as `LOCAL_SCIM_URL`.
 * Bruno reads the file through the link `collection/.env`.
 */
export function writeCollectionVariables(session: Session, path: string): void {
  const lines = Object.entries(collectionValues(session)).map(
    ([name, value]) => `LOCAL_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}=${value}\n`,
  );
  writeFileSync(path, lines.join(''), { mode: 0o600 });
}
