import type { GatewayResponseDefinition } from './gateway/gateway-response';

/** A REST API with its one stage, as the template describes it. */
export interface Api {
  readonly id: string;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly routes: readonly Route[];
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponseDefinition>;
  /** Bytes from which a response is compressed where the client accepts it; undefined: never. */
  readonly minimumCompressionSize: number | undefined;
  readonly binaryMediaTypes: readonly string[];
  /** Of each method of the stage; undefined: not limited. */
  readonly throttle: Throttle | undefined;
}

export interface Route {
  readonly resourceId: string;
  /** E.g. `/v2/Users/{id}`. */
  readonly resourcePath: string;
  readonly segments: readonly Segment[];
  /** By HTTP method, `ANY` for all that have none of their own. */
  readonly methods: ReadonlyMap<string, Method>;
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
  /** `TOKEN` is asked about the first identity source alone, `REQUEST` about the whole request. */
  readonly type: 'TOKEN' | 'REQUEST';
  /** What names a request to the cache. */
  readonly identitySources: readonly IdentitySource[];
  /** What a token has to look like. */
  readonly validation: RegExp | undefined;
  readonly ttlSeconds: number;
}

export type IdentitySource =
  | { readonly from: 'header'; readonly name: string }
  /** E.g. `identity.sourceIp`. */
  | { readonly from: 'context'; readonly name: string };

export interface UsagePlanDefinition {
  readonly id: string;
  readonly name: string | undefined;
  readonly stages: readonly { readonly apiId: string; readonly stage: string }[];
  /** For each API key; undefined: not limited. */
  readonly throttle: Throttle | undefined;
}

/** An API key that the template makes, and the usage plans on which it puts it. */
export interface ApiKeyDefinition {
  readonly id: string;
  readonly name: string | undefined;
  readonly value: string;
  readonly enabled: boolean;
  readonly planIds: readonly string[];
}

/** A token bucket: requests a second, and the size. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}
