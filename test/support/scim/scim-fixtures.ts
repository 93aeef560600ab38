import { applyPatch } from '../../../shared/scim/patch/apply';
import { parsePatch } from '../../../shared/scim/patch/parse';
import { ScimError } from '../../../shared/scim/error';
import type { Attributes } from '../../../shared/scim/resource';
import { PATCH_OP } from '../../../shared/scim/urns';
import { userResourceType } from '../../../shared/product/product';

/** The user of the create example in the documentation of the product. */
export const johnDoe: Attributes = {
  userName: 'john.doe@example.com',
  externalId: 'emp-12345',
  name: { familyName: 'Doe', givenName: 'John' },
  emails: [{ value: 'john.doe@example.com', type: 'work', primary: true }],
  timezone: 'Europe/Berlin',
  active: true,
};

/** Applies the operations of a PATCH request to a user. */
export const patchUser = (attributes: Attributes, ...operations: object[]): Attributes =>
  applyPatch(userResourceType, attributes, parsePatch({ schemas: [PATCH_OP], Operations: operations }));

/** Returns the status, scimType, and detail of the ScimError that `act` throws. */
export function scimErrorOf(act: () => unknown): { status: number; scimType?: string; detail: string } {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    const { status, scimType, detail } = error;
    return { status, ...(scimType && { scimType }), detail };
  }
  throw new Error('Nothing was thrown.');
}
