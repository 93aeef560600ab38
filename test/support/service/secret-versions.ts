import type { CurrentSecret } from '../../../shared/credentials/secret-versions';

/** Returns a secret that was never rotated. */
export function onlyVersion(text: string): CurrentSecret {
  const version = { id: 1, text, from: -Infinity };
  return { issuing: version, accepted: [version] };
}

/** Returns a secret whose second version has replaced the first one. */
export function twoVersions(former: string, text: string): CurrentSecret {
  const issuing = { id: 2, text, from: 0 };
  return { issuing, accepted: [issuing, { id: 1, text: former, from: -Infinity }] };
}
