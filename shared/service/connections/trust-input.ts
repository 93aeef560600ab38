import type { Trust } from '../../store/credentials/credential';
import { AdminError } from '../admin/admin-error';

const MAX_AUDIENCES = 5;
/** A trust with all its texts fits in one unit of four reads. */
const MAX_LENGTH = 500;

/**
 * Returns the trust without surrounding white space. `urlProblem` says what is wrong with the URL of the
 * keys.
 */
export function validateTrust(input: Trust, urlProblem: (jwksUrl: string) => string | undefined): Trust {
  const issuer = claim(input.issuer, 'The issuer');
  const subject = claim(input.subject, 'The subject');
  const audiences = [...new Set(input.audiences.map((audience) => claim(audience, 'An audience')))];
  if (audiences.length === 0 || audiences.length > MAX_AUDIENCES)
    throw new AdminError(
      `A trust must have 1 to ${MAX_AUDIENCES} audiences, but this one has ${audiences.length}.`,
    );
  const tenant = input.tenant === undefined ? undefined : claim(input.tenant, 'The tenant');
  const jwksUrl = claim(input.jwksUrl, 'The JWKS URL');
  const problem = urlProblem(jwksUrl);
  if (problem !== undefined) throw new AdminError(problem);
  return { issuer, subject, audiences, ...(tenant !== undefined && { tenant }), jwksUrl };
}

/** Returns the value of a claim, which is compared character by character. */
function claim(input: string, subject: string): string {
  const text = input.trim();
  if (text !== '' && text.length <= MAX_LENGTH && !/[\p{C}\p{Z}]/u.test(text)) return text;
  throw new AdminError(
    `${subject} must have 1 to ${MAX_LENGTH} characters without spaces. Copy it from your identity provider.`,
  );
}
