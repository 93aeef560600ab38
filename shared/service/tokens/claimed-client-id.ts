import { parseClientId } from '../../credentials/client-secret';
import { parseAssertion } from '../assertions/assertion-parts';

/**
 * Returns the client id that an assertion names: its subject or its issuer, if it has the form of a client
 * id. The IPSIE profile has the client id in both. Nothing is verified yet.
 */
export function claimedClientId(assertion: string): string | undefined {
  const { sub, iss } = parseAssertion(assertion)?.claims ?? {};
  return [sub, iss].find(
    (claim): claim is string => typeof claim === 'string' && parseClientId(claim) !== undefined,
  );
}
