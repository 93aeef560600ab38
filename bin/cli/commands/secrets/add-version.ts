import { type SecretVersion, versionAt } from '../../../../shared/credentials/secret-versions';

/** The time that clocks of functions may differ by, and in which a function that is running ends. */
const TOLERANCE_MS = 600_000;

export interface NewVersion {
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The time until the version is used. By then, every function must have read it. */
  readonly leadMs: number;
  /** The longest time for which a value is valid. Absent if values do not end by themselves. */
  readonly lifetimeMs?: number;
}

/** Returns the version that is published, but not used yet. */
export const pendingVersion = (versions: readonly SecretVersion[], now: number): SecretVersion | undefined =>
  versions.find(({ from }) => from > now);

/** Adds a version, sets the end of the one that it replaces, and leaves out those that have ended. */
export function addVersion(
  versions: readonly SecretVersion[],
  { text, now, leadMs, lifetimeMs }: NewVersion,
): readonly SecretVersion[] {
  const from = now + leadMs;
  const current = versionAt(versions, now);
  const until = lifetimeMs === undefined ? undefined : from + lifetimeMs + TOLERANCE_MS;
  const kept = versions
    .filter((version) => (version.until ?? Infinity) > now)
    .map((version) =>
      version === current ? { ...version, ...(until !== undefined && { until }) } : version,
    );
  return [...kept, { id: nextId(versions), text, from }];
}

/** Returns a version that replaces all others at once. */
export const onlyVersion = (versions: readonly SecretVersion[], text: string): readonly SecretVersion[] => [
  { id: nextId(versions), text, from: -Infinity },
];

/**
 * Returns the version that is used, without those before it. Returns undefined until every function uses it.
 */
export function withoutFormer(
  versions: readonly SecretVersion[],
  { now, leadMs }: Pick<NewVersion, 'now' | 'leadMs'>,
): readonly SecretVersion[] | undefined {
  const current = versionAt(versions, now - leadMs);
  return current === versions.at(-1) ? [current] : undefined;
}

const nextId = (versions: readonly SecretVersion[]): number => Math.max(...versions.map(({ id }) => id)) + 1;
