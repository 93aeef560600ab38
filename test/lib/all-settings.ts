/** Every setting that is off by default, as production would have it. */
export const ALL_SETTINGS = {
  protect: true,
  domainName: 'scim.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/abc',
  portalDomainName: 'licenses.example.com',
  portalCertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/abc',
  alarmEmail: 'ops@example.com',
  logLevel: 'WARN',
  logRetentionDays: 365,
  tracing: true,
  webAcl: true,
  backup: true,
  customerKey: 'encrypt',
  rollout: 'Canary10Percent5Minutes',
  secretReplicaRegion: 'us-west-2',
  secretReplicaKeyArn: 'arn:aws:kms:us-west-2:000000000000:key/00000000-0000-0000-0000-000000000000',
  permissionsBoundaryArn: 'arn:aws:iam::000000000000:policy/boundary',
};
