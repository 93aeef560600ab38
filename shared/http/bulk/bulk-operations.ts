import { ScimError } from '../../scim/error';
import type { Attributes } from '../../scim/resource';
import type { ScimRequest } from '../chain/request';
import type { DiagnosedRequest } from '../diagnostics/request-diagnostics';
import { findScimRoute, type ScimRoute } from '../chain/scim-route';

/** An operation whose references to other operations are replaced by ids. */
export interface ResolvedOperation {
  readonly method: string;
  /** Below the base URL, encoded. */
  readonly path: string;
  readonly version?: string;
  readonly data?: Attributes;
}

/** The result of a successful operation. */
export interface OperationResult {
  readonly status: number;
  /** The id of the created resource. */
  readonly id?: string;
  readonly location?: string;
  readonly version?: string;
}

/** The response of a bulk contains no resources, so attributes that cost a read are excluded. */
const MINIMAL_PROJECTION = { excludedAttributes: 'members,groups' };

/** Performs the operations of one bulk with the routes of single requests, on behalf of the same client. */
export class BulkOperations {
  private readonly routes: readonly ScimRoute[];

  constructor(
    routes: readonly ScimRoute[],
    private readonly bulk: ScimRequest,
  ) {
    this.routes = routes.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/.search'));
  }

  /** Performs one operation. Throws the errors of a single request. */
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

  /**
   * Returns the location of the operation's resource, which may not exist; undefined for a POST or an unknown
   * path.
   */
  locationOf(method: string, path: string): string | undefined {
    if (method === 'POST') return undefined;
    const match = this.tryFind(method, path);
    const id = encodeURIComponent(match?.parameters.id ?? '');
    return match && this.bulk.baseUrl + match.route.path.replace('{id}', id);
  }

  /**
   * Returns the kind of an operation for diagnostics. An operation without a route has the path of the bulk.
   */
  summarize(method: string, path: string): DiagnosedRequest {
    const match = this.tryFind(method, path);
    const resourceId = match?.parameters.id;
    return {
      method,
      route: match?.route.path ?? '/Bulk',
      isServed: match !== undefined,
      ...(resourceId !== undefined && { resourceId }),
    };
  }

  private find(method: string, path: string): ReturnType<typeof findScimRoute> {
    return findScimRoute(this.routes, method, path);
  }

  private tryFind(method: string, path: string): ReturnType<typeof findScimRoute> | undefined {
    try {
      return this.find(method, path);
    } catch (error) {
      if (error instanceof ScimError) return undefined;
      throw error;
    }
  }
}
