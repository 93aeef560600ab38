import { readDomainConnections } from '../../store/credentials/connection-store';
import type { Table } from '../../store/table/table';
import { connectionsOf, type StoredConnection } from '../connections/connection-view';
import type { FindingDetail } from './finding';

/** The names of all connections of a domain, by their ids. */
export type ConnectionNames = ReadonlyMap<string, string>;

/** Returns the names of connections. */
export const namesOfConnections = (connections: readonly StoredConnection[]): ConnectionNames =>
  new Map(connections.map(({ record: { connectionId, name } }) => [connectionId, name]));

/** Reads the names of all connections of a domain. */
export const readConnectionNames = async (table: Table, domainId: string): Promise<ConnectionNames> =>
  namesOfConnections(connectionsOf(await readDomainConnections(table, domainId)));

interface Sent {
  /** Absent if an earlier version recorded it. */
  readonly connectionId?: string;
}

/** Returns the members of a detail that say which connection sent a request. */
export const senderDetail = ({ connectionId }: Sent, names: ConnectionNames): FindingDetail =>
  connectionId === undefined ? {} : { connectionId, connection: names.get(connectionId) ?? null };

/** Returns the names of the connections that sent requests. Empty if the domain has only one. */
export function sendersOf(sent: readonly Sent[], names: ConnectionNames): string[] {
  if (names.size < 2) return [];
  const ids = new Set(sent.map(({ connectionId }) => connectionId));
  return [...ids].flatMap((id) => (id === undefined ? [] : (names.get(id) ?? [])));
}
