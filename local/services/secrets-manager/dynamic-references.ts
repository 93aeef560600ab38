import type { Rewrite } from '../../cloud/template/rewrite';

const REFERENCE = /\{\{resolve:secretsmanager:(arn:[^{}]+?):SecretString:::\}\}/g;

/** Replaces references to secrets by the texts of these secrets, as CloudFormation does when it deploys. */
export const resolveSecrets =
  (textOf: (secretArn: string) => string): Rewrite =>
  (text) =>
    text.replace(REFERENCE, (_, secretArn: string) => textOf(secretArn));
