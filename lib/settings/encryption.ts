/**
 * How a stage uses a KMS key of the account. With `grant`, the key exists and the functions may use it, but
 * nothing is encrypted with it: the step before `encrypt`, and back. Otherwise, functions would lose access
 * to the table for the minutes between the updates of their stacks.
 */
export const CUSTOMER_KEY_MODES = ['none', 'grant', 'encrypt'] as const;

export type CustomerKeyMode = (typeof CUSTOMER_KEY_MODES)[number];

interface ReplicaSettings {
  readonly customerKey: CustomerKeyMode;
  readonly secretReplicaRegion?: string;
  readonly secretReplicaKeyArn?: string;
}

/**
 * Returns the problem of the key for replicas of secrets, or undefined. A KMS key works in its own region
 * only.
 */
export function problemOfReplicaKey(settings: ReplicaSettings): string | undefined {
  const { customerKey, secretReplicaRegion: region, secretReplicaKeyArn: arn } = settings;
  const name = 'secretReplicaKeyArn';
  if (arn === undefined)
    return customerKey === 'encrypt' && region !== undefined
      ? `${name}: missing, but required by customerKey and secretReplicaRegion: replicas need a key in ${region}.`
      : undefined;
  if (customerKey === 'none') return `${name}: remove it, because customerKey is none.`;
  if (region === undefined) return `${name}: remove it, because there is no secretReplicaRegion.`;
  const keyRegion = arn.split(':')[3];
  return keyRegion === region ? undefined : `${name}: the key is in ${keyRegion}, expected one in ${region}.`;
}
