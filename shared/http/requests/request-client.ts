import type { APIGatewayProxyEvent } from 'aws-lambda';
import { hasPrincipal, principalOf } from '../chain/request';

/** The domain and the credential of a request. */
export interface RequestClient {
  readonly domainId: string;
  readonly keyId: string;
  readonly keyName: string;
  /** @default the id of the credential, which is that of the connection of a single SCIM key */
  readonly connectionId?: string;
  /** The reason why the request is refused, if the response does not tell it. */
  readonly reason?: string;
}

const refusedClients = new WeakMap<object, RequestClient>();

/** Notes whose request it is, although it is refused because of its credential. */
export const noteRefusedClient = (event: APIGatewayProxyEvent, client: RequestClient | undefined): void => {
  if (client) refusedClients.set(event, client);
};

/** Returns the client of a request; undefined if its domain is unknown. */
export const requestClientOf = (event: APIGatewayProxyEvent): RequestClient | undefined =>
  hasPrincipal(event) ? principalOf(event) : refusedClients.get(event);
