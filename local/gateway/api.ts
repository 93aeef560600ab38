import type { GatewayResponseDefinition } from './gateway-response';

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
  readonly functionArn: string;
  /** The header that holds the token. */
  readonly header: string;
  readonly validation: RegExp | undefined;
  readonly ttlSeconds: number;
}

export interface UsagePlanDefinition {
  readonly id: string;
  readonly name: string | undefined;
  readonly stages: readonly { readonly apiId: string; readonly stage: string }[];
  /** Requests a second and bucket size, for each API key; undefined: not limited. */
  readonly throttle: { readonly rate: number; readonly burst: number } | undefined;
}
