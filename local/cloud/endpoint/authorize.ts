import type { IncomingHttpHeaders } from 'node:http';
import type { Caller, Callers } from '../callers';
import { AccessDenied } from '../iam/access-denied';
import type { Iam } from '../iam/iam';
import type { Permission } from '../iam/permission';
import { ServiceError } from './service-error';

/** Returns the caller of a request to AWS. Throws the error of AWS if its credentials are not valid. */
export function callerOf(callers: Callers, headers: IncomingHttpHeaders, status: number): Caller {
  const caller = callers.of(headers);
  if (caller) return caller;
  if (headers.authorization === undefined)
    throw new ServiceError(status, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  throw new ServiceError(
    status,
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  );
}

/** Throws the `AccessDeniedException` of AWS unless the caller has the permission. */
export function assertAllowed(
  iam: Pick<Iam, 'authorize'>,
  caller: Caller,
  permission: Permission,
  status: number,
): void {
  try {
    iam.authorize(caller, permission);
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    throw new ServiceError(status, 'AccessDeniedException', error.message);
  }
}
