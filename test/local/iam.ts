import { CLIENT_VARIABLES } from '../../local/cloud/environment';
import { Iam } from '../../local/cloud/iam/iam';
import { Usage } from '../../local/cloud/iam/usage';
import type { Resource } from '../../local/cloud/template/resources';

/** The credentials of the administrator that programs of this machine act as. */
export const ADMINISTRATOR = {
  accessKeyId: CLIENT_VARIABLES.AWS_ACCESS_KEY_ID ?? '',
  secretAccessKey: CLIENT_VARIABLES.AWS_SECRET_ACCESS_KEY ?? '',
};

/** Returns a record of use that is not stored. */
export const volatileUsage = (): Usage => new Usage({ read: () => undefined, write: () => {} });

/** Returns the decisions by the policies of these resources. */
export function iamOf(resources: readonly Resource[] = [], usage = volatileUsage()): Iam {
  const iam = new Iam(usage);
  iam.load(resources);
  return iam;
}
