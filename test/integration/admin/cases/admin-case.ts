import type { AdminResponse, AdminClient } from '../../../support/system/admin-client';

/** The parameters and clients that all cases share. A case may add parameters for later cases. */
export interface CaseContext {
  /** Values of the path parameters, by name. */
  readonly parameters: Record<string, string>;
  readonly callers: Readonly<Record<'operator' | 'owner' | 'viewer' | 'anonymous', AdminClient>>;
}

/** A request to the admin API, and the expected response. */
export interface AdminCase {
  readonly operationId: string;
  readonly status: number;
  /** A condition for the title of the test. */
  readonly condition?: string;
  /** @default 'operator' */
  readonly caller?: keyof CaseContext['callers'];
  readonly parameters?: Record<string, string>;
  /** A function gets the values of the parameters. */
  readonly query?: string | ((parameters: Readonly<Record<string, string>>) => string);
  /** A function gets the values of the parameters. */
  readonly body?: unknown;
  /** Checks the response, and saves parameters for later cases. */
  readonly check?: (response: AdminResponse, context: CaseContext) => void;
}
