export const ENGINE_KINDS = ['dynoxide', 'dynamodb-local', 'endpoint'] as const;
export type EngineKind = (typeof ENGINE_KINDS)[number];

/** A running DynamoDB. */
export interface Engine {
  readonly kind: EngineKind;
  /** Base URL, without a trailing slash. */
  readonly endpoint: string;
  /** Rejects if the engine ends by itself. */
  readonly crashed: Promise<never>;
  readonly stop: () => Promise<void>;
}
