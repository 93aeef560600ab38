import type { AssertionResult, AssertionVerifier } from '../assertions/assertion';
import type { ConnectionAdmin } from './connection-admin';
import { isActiveCredential } from './connection-view';

export interface AssertionTestDependencies {
  readonly connections: Pick<ConnectionAdmin, 'getConnection'>;
  readonly assertions: Pick<AssertionVerifier, 'verify'>;
  readonly now: () => Date;
}

/**
 * Returns a function that checks an assertion against the trusts of a connection that the token endpoint
 * would use. It grants nothing, and does not use up the assertion.
 */
export const assertionTest =
  ({ connections, assertions, now }: AssertionTestDependencies) =>
  async (domainId: string, connectionId: string, assertion: string): Promise<AssertionResult> => {
    const { credentials } = await connections.getConnection(domainId, connectionId);
    const at = now();
    const trusts = credentials.flatMap((credential) =>
      credential.trust && isActiveCredential(credential, at)
        ? [{ domainId, connectionId, keyId: credential.credentialId, trust: credential.trust }]
        : [],
    );
    return assertions.verify(assertion, trusts, { use: false, now: at });
  };
