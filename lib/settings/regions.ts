/** The parts of a stage that not every region has, by its settings. */
interface OptionalParts {
  readonly portal: boolean;
  /** Whether the deployment creates the user pool of the portal. */
  readonly userPool: boolean;
}

/**
 * The regions that lack a service, by AWS's own list of endpoints (botocore 1.43.107, November 2026). By that
 * list, every region with Amazon SES has AWS KMS, AWS WAF, AWS Backup, and AWS X-Ray, which other settings
 * need.
 */
const LACKING: readonly {
  readonly service: string;
  readonly regions: RegExp;
  readonly isNeeded?: (parts: OptionalParts) => boolean;
}[] = [
  {
    service: 'Amazon SES, which sends the emails',
    regions: /^(ap-east-[12]|ap-southeast-[467]|eu-south-2|mx-central-1|cn-.*|[a-z]{2}-iso.*)$/,
  },
  {
    service: 'Amazon Cognito, which the portal needs',
    regions: /^(cn-|[a-z]{2}-iso)/,
    isNeeded: ({ userPool }) => userPool,
  },
  {
    service: 'Amazon CloudFront, which the portal needs',
    regions: /^(us-gov-|cn-|[a-z]{2}-iso)/,
    isNeeded: ({ portal }) => portal,
  },
];

/**
 * Returns a problem for each service that the region of the stage lacks. Only a region that is set can be
 * checked.
 */
export const problemsOfRegion = (region: string | undefined, parts: OptionalParts): string[] =>
  LACKING.filter(
    ({ regions, isNeeded }) => region !== undefined && regions.test(region) && (isNeeded?.(parts) ?? true),
  ).map(({ service }) => `region: ${region} does not have ${service}. Choose another region.`);

/** The regions of a partition, which share accounts and nothing with other partitions. */
const PARTITIONS = [/^cn-/, /^us-gov-/, /^[a-z]{2}-iso/];

const partitionOf = (region: string): number => PARTITIONS.findIndex((prefix) => prefix.test(region));

/** Returns the problem of a region for replicas, or undefined if it can have them. */
export function problemOfReplica(
  region: string | undefined,
  replica: string | undefined,
): string | undefined {
  if (region === undefined || replica === undefined) return undefined;
  if (replica === region) return 'secretReplicaRegion: expected another region than that of the stage.';
  if (partitionOf(region) !== partitionOf(replica))
    return `secretReplicaRegion: ${replica} is in another partition of AWS than ${region}. Choose another region.`;
  return undefined;
}
