import { mapTexts } from '../../cloud/template/map-texts';
import type { Resource } from '../../cloud/template/resources';

const SECRET = /\{\{resolve:secretsmanager:(arn:[^{}]+?):SecretString:::\}\}/g;

/** Puts the texts of secrets where the properties of resources refer to them, as CloudFormation does when it deploys. */
export function resolveSecrets(
  resources: readonly Resource[],
  textOf: (secretArn: string) => string,
): Resource[] {
  return resources.map((resource) => ({
    ...resource,
    properties: mapTexts(resource.properties, (text) =>
      text.replace(SECRET, (_, secretArn: string) => textOf(secretArn)),
    ),
  }));
}
