import type { Engine } from '../services/dynamodb/engine/engine';
import type { StateDirectory } from '../host/state-directory';
import type { Teardown } from '../host/teardown';

export interface CloudSettings {
  readonly engine: Engine;
  readonly state: StateDirectory;
  readonly fresh: boolean;
  /** Of the first REST API; others take free ones. */
  readonly port: number;
  /** Of the portal's distribution. */
  readonly portalPort: number;
  /** `AWS_ENDPOINT_URL_…` → URL, as the functions see them. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly verbose: boolean;
  readonly log: (line: string) => void;
  readonly teardown: Teardown;
}
