import type { IgnoredTypes } from '../cloud/template/identity';

/** The resource types that no service emulates on purpose, each with what is missing because of that. */
export const IGNORED_TYPES: IgnoredTypes = {
  'AWS::ApiGateway::Account': 'no execution logs',
  'AWS::ApiGateway::BasePathMappingV2': 'no custom domain',
  'AWS::Backup::BackupPlan': 'no backups',
  'AWS::Backup::BackupSelection': 'no backups',
  'AWS::Backup::BackupVault': 'no backups',
  'AWS::CDK::Metadata': 'nothing',
  'AWS::CodeDeploy::Application': 'one version runs at a time',
  'AWS::CodeDeploy::DeploymentGroup': 'one version runs at a time',
  'AWS::Cognito::UserPoolGroup': 'the accounts of the local issuer carry their roles',
  'AWS::EventSchemas::Registry': 'nobody downloads schemas from a registry',
  'AWS::EventSchemas::Schema': 'nobody downloads schemas from a registry',
  'AWS::KMS::Alias': 'nothing is encrypted',
  'AWS::Lambda::LayerVersion': "CDK's own functions do not run",
  'AWS::Route53::RecordSet': 'no custom domain',
  'AWS::WAFv2::WebACL': 'no request is blocked',
  'AWS::WAFv2::WebACLAssociation': 'no request is blocked',
};
