/** The regions that lack a service, by AWS's own list of endpoints (botocore 1.43.107, November 2026). */
const LACKING: readonly { readonly service: string; readonly regions: RegExp }[] = [
  {
    service: 'Amazon SES, which sends the emails',
    regions: /^(ap-east-[12]|ap-southeast-[467]|eu-south-2|mx-central-1|cn-.*)$/,
  },
  { service: 'Amazon Cognito, which the portal needs', regions: /^cn-/ },
  { service: 'Amazon CloudFront, which the portal needs', regions: /^(us-gov-|cn-)/ },
];

/** Returns a problem for each service that the region of the stage lacks. Only a region that is set can be checked. */
export const problemsOfRegion = (region: string | undefined): string[] =>
  LACKING.filter(({ regions }) => region !== undefined && regions.test(region)).map(
    ({ service }) => `region: ${region} does not have ${service}. Choose another region.`,
  );
