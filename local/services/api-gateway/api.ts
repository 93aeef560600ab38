/** A REST API of the template, with its one stage. */
export interface Api {
  readonly id: string;
  readonly name: string;
  readonly stage: string;
  /** The log of requests, if the stage has one. */
  readonly accessLog?: { readonly logGroupArn: string; readonly format: string };
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly routes: readonly Route[];
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponseDefinition>;
  /**
   * The size in bytes from which responses are compressed if the client accepts it. Undefined turns it off.
   */
  readonly minimumCompressionSize: number | undefined;
  readonly binaryMediaTypes: readonly string[];
  /** The limit of each method that has none of its own. All callers share it. */
  readonly throttle: Throttle | undefined;
}

/** The settings of a gateway response in the template. */
export interface GatewayResponseDefinition {
  readonly status: number | undefined;
  /** `gatewayresponse.header.<name>` → a literal in quotes, or the name of a variable. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Content type → template. */
  readonly templates: Readonly<Record<string, string>>;
}

export interface Route {
  readonly resourceId: string;
  /** An example is `/v2/Users/{id}`. */
  readonly resourcePath: string;
  readonly segments: readonly Segment[];
  /** The methods by HTTP method. `ANY` handles all HTTP methods that are not listed. */
  readonly methods: ReadonlyMap<string, Method>;
  /** The limits of HTTP methods that have one of their own, also of those that `ANY` handles. */
  readonly throttles: ReadonlyMap<string, Throttle>;
}

export type Segment =
  | { readonly kind: 'exact'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'greedy'; readonly name: string };

export interface Method {
  readonly functionArn: string;
  readonly authorizerId: string | undefined;
  readonly apiKeyRequired: boolean;
}

export interface AuthorizerDefinition {
  readonly id: string;
  readonly apiId: string;
  readonly functionArn: string;
  /** A `TOKEN` authorizer receives the first identity source, a `REQUEST` authorizer the whole request. */
  readonly type: 'TOKEN' | 'REQUEST';
  /** The parts of a request that form the key of the cache. */
  readonly identitySources: readonly IdentitySource[];
  /** The pattern that a token must match. */
  readonly validation: RegExp | undefined;
  readonly ttlSeconds: number;
}

export type IdentitySource =
  | { readonly from: 'header'; readonly name: string }
  /** An example is `identity.sourceIp`. */
  | { readonly from: 'context'; readonly name: string };

export interface UsagePlanDefinition {
  readonly id: string;
  readonly name: string | undefined;
  readonly stages: readonly { readonly apiId: string; readonly stage: string }[];
  /** The limit of each API key; undefined if there is none. */
  readonly throttle: Throttle | undefined;
}

/** An API key of the template, and the usage plans that contain it. */
export interface ApiKeyDefinition {
  readonly id: string;
  readonly name: string | undefined;
  readonly value: string;
  readonly enabled: boolean;
  readonly planIds: readonly string[];
}

/** The rate of a token bucket in requests per second, and its size. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}
