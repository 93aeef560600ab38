import type { EngineKind } from '../../../cloud/settings';

/** A running DynamoDB. */
export interface Engine {
  readonly kind: EngineKind;
  /** Base URL, without a trailing slash. */
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}
