import { ScimError } from '../../scim/error';
import type { Attributes } from '../../scim/resource';
import type { ScimRequest } from '../chain/request';
import type { RequestSummary } from '../diagnostics/request-diagnostics';
import { findRoute, type Route } from '../chain/router';

/** An operation that refers to nothing any more. */
export interface ResolvedOperation {
  readonly method: string;
  /** Below the base URL, encoded. */
  readonly path: string;
  readonly version?: string;
  readonly data?: Attributes;
}

/** What became of an operation that succeeded. */
export interface OperationResult {
  readonly status: number;
  /** Of what it created. */
  readonly id?: string;
  readonly location?: string;
  readonly version?: string;
}

/** No resource is in the answer of a bulk, so none of what costs a read is looked at. */
const MINIMAL_PROJECTION = { excludedAttributes: 'members,groups' };

/** Does the operations of one bulk by the routes of single requests, on behalf of the same caller. */
export class BulkOperations {
  private readonly routes: readonly Route[];

  constructor(
    routes: readonly Route[],
    private readonly bulk: ScimRequest,
  ) {
    this.routes = routes.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/.search'));
  }

  /** Throws what a single request would throw. */
  async perform({ method, path, version, data }: ResolvedOperation): Promise<OperationResult> {
    const { route, parameters } = this.find(method, path);
    const { status, headers, body } = await route.handle({
      ...this.bulk,
      method,
      path,
      parameters,
      query: MINIMAL_PROJECTION,
      headers: version === undefined ? {} : { 'if-match': version },
      body: data,
    });
    return {
      status,
      ...(method === 'POST' && { id: (body as { id: string }).id }),
      location: headers?.location ?? this.locationOf(method, path),
      version: headers?.etag,
    };
  }

  /** Of the resource that an operation works on, be it there or not; undefined for a POST, and where it works on none. */
  locationOf(method: string, path: string): string | undefined {
    if (method === 'POST') return undefined;
    const match = this.tryFind(method, path);
    const id = encodeURIComponent(match?.parameters.id ?? '');
    return match && this.bulk.baseUrl + match.route.path.replace('{id}', id);
  }

  /** How an operation is told among others of its kind; one that leads nowhere by the path of the bulk. */
  summarize(method: string, path: string): RequestSummary {
    const match = this.tryFind(method, path);
    const resourceId = match?.parameters.id;
    return {
      method,
      route: match?.route.path ?? '/Bulk',
      isServed: match !== undefined,
      ...(resourceId !== undefined && { resourceId }),
    };
  }

  private find(method: string, path: string): ReturnType<typeof findRoute> {
    return findRoute(this.routes, method, path);
  }

  private tryFind(method: string, path: string): ReturnType<typeof findRoute> | undefined {
    try {
      return this.find(method, path);
    } catch (error) {
      if (error instanceof ScimError) return undefined;
      throw error;
    }
  }
}
