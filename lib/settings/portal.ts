/** The settings that only a stage with a portal can have. */
const OF_PORTAL = ['portalDomainName', 'portalCertificateArn'] as const;

/** Returns a problem for each setting of the portal that a stage without a portal has. */
export const problemsWithoutPortal = (
  portal: boolean,
  given: Readonly<Record<string, unknown>>,
): readonly string[] =>
  portal
    ? []
    : OF_PORTAL.filter((name) => given[name] !== undefined).map(
        (name) => `${name}: remove it, because portal is false.`,
      );
