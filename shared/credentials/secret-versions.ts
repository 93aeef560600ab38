/** One version of a secret of the deployment. Times are in milliseconds since the epoch. */
export interface SecretVersion {
  /** 1 for the first version. */
  readonly id: number;
  readonly text: string;
  /** The time from which new values are derived from this version. */
  readonly from: number;
  /** The time at which the values of this version have ended. Absent if they do not end by themselves. */
  readonly until?: number;
}

/** The versions of a secret at one moment. */
export interface CurrentSecret {
  /** The version from which new values are derived. */
  readonly issuing: SecretVersion;
  /** The versions whose values are accepted, the latest first. It includes one that is not used yet. */
  readonly accepted: readonly SecretVersion[];
}

/** The id of the version that a secret has if it was never rotated. */
export const FIRST_VERSION = 1;

/**
 * Parses the text of a secret into its versions, oldest first. A secret that was never rotated is a plain
 * text: its first version. A rotated one is JSON:
 * `{"versions":[{"id":1,"text":"…"},{"id":2,"text":"…","from":"2026-01-01T00:00:00.000Z"}]}`. Throws an error
 * without the text if it is neither.
 */
export function parseSecretVersions(text: string): readonly SecretVersion[] {
  if (!text.startsWith('{')) return [{ id: FIRST_VERSION, text, from: -Infinity }];
  const versions = storedVersions(text).map(parseVersion);
  const isOrdered = versions.every(({ id }, index) => index === 0 || id > (versions[index - 1]?.id ?? id));
  if (versions.length === 0 || !isOrdered) throw new Error('The versions of the secret are not in order.');
  return versions;
}

/** Returns the text of a secret with these versions. */
export const formatSecretVersions = (versions: readonly SecretVersion[]): string =>
  JSON.stringify({
    versions: versions.map(({ id, text, from, until }) => ({
      id,
      text,
      ...(from !== -Infinity && { from: new Date(from).toISOString() }),
      ...(until !== undefined && { until: new Date(until).toISOString() }),
    })),
  });

/** Returns the version that was used at a time. */
export function versionAt(versions: readonly SecretVersion[], time: number): SecretVersion {
  const version = versions.findLast(({ from }) => from <= time) ?? versions[0];
  if (!version) throw new Error('The secret has no version.');
  return version;
}

/** Returns which versions are used, and which are accepted, at a time. */
export const currentSecret = (versions: readonly SecretVersion[], time: number): CurrentSecret => ({
  issuing: versionAt(versions, time),
  accepted: versions.filter(({ until = Infinity }) => time < until).reverse(),
});

function storedVersions(text: string): readonly unknown[] {
  try {
    const { versions } = JSON.parse(text) as { versions?: unknown };
    if (Array.isArray(versions)) return versions;
  } catch {
    // The error of the parser quotes the text.
  }
  throw new Error('The secret is not JSON with a list of versions.');
}

function parseVersion(stored: unknown): SecretVersion {
  const { id, text, from, until } = stored as Readonly<Record<string, unknown>>;
  if (typeof id !== 'number' || typeof text !== 'string' || text === '')
    throw new Error('A version of the secret has no id or no text.');
  return {
    id,
    text,
    from: from === undefined ? -Infinity : parseTime(from),
    ...(until !== undefined && { until: parseTime(until) }),
  };
}

function parseTime(text: unknown): number {
  const time = typeof text === 'string' ? Date.parse(text) : NaN;
  if (Number.isNaN(time)) throw new Error('A version of the secret has an invalid time.');
  return time;
}
