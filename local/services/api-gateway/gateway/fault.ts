/** The gateway responses, with the status and message that they have unless the template changes them. */
export const FAULTS = {
  ACCESS_DENIED: [403, 'User is not authorized to access this resource'],
  API_CONFIGURATION_ERROR: [500, 'Internal server error'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, null],
  AUTHORIZER_FAILURE: [500, null],
  BAD_REQUEST_BODY: [400, 'Invalid request body'],
  INTEGRATION_FAILURE: [502, 'Internal server error'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out'],
  INVALID_API_KEY: [403, 'Forbidden'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long'],
  THROTTLED: [429, 'Too Many Requests'],
  UNAUTHORIZED: [401, 'Unauthorized'],
} as const satisfies Record<string, readonly [status: number, message: string | null]>;

export type FaultType = keyof typeof FAULTS;

/** Ends a request with the gateway response of this type. */
export class Fault extends Error {
  override readonly name = 'Fault';

  constructor(
    readonly type: FaultType,
    /** The reason, which only the log contains. */
    reason?: string,
  ) {
    super(reason ?? type);
  }
}
