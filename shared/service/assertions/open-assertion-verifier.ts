import { ENV, requireEnv } from '../../env';
import { AssertionUses } from '../../store/credentials/assertion-uses';
import type { Table } from '../../store/table/table';
import type { AssertionVerifier } from './assertion';
import { JwtAssertionVerifier } from './assertion-verification';
import { fetchJwks } from './fetch-jwks';
import { JwksCache } from './jwks-cache';

/** Returns the origins of the setting `jwksOrigins`. */
export const readJwksOrigins = (): readonly string[] =>
  JSON.parse(requireEnv(ENV.jwksOrigins)) as readonly string[];

/** Opens the verifier of an instance of a function. It keeps the keys of issuers in memory. */
export function openAssertionVerifier(table: Table): AssertionVerifier {
  const origins = readJwksOrigins();
  const keys = new JwksCache((url) => fetchJwks(url, { origins }));
  return new JwtAssertionVerifier({ keys, uses: new AssertionUses(table), origins });
}
