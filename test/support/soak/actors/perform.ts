import {
  changeGroupsOfUser,
  createGroup,
  deleteGroup,
  patchMembers,
  putGroup,
  renameGroup,
} from '../operations/perform-groups';
import { createInBulk } from '../operations/perform-bulk';
import { createUser, deleteUser, patchUser, putUser } from '../operations/perform-users';
import type { ClientOperation } from '../operations/operation';
import { adminRequest } from './admin-actor';
import type { ScimClient } from './scim-client';

/**
 * Performs an operation of an identity provider. An operation on something that does not exist is left out.
 */
export function performAsClient(client: ScimClient, operation: ClientOperation): Promise<void> {
  switch (operation.do) {
    case 'createUser':
      return createUser(client, operation.user, operation.values);
    case 'patchUser':
      return patchUser(client, operation.user, operation.values, operation.hasPath);
    case 'putUser':
      return putUser(client, operation.user, operation.values);
    case 'deleteUser':
      return deleteUser(client, operation.user);
    case 'createGroup':
      return createGroup(client, operation.group, operation.displayName, operation.members);
    case 'renameGroup':
      return renameGroup(client, operation.group, operation.displayName);
    case 'patchMembers':
      return patchMembers(client, operation.group, operation.form, operation);
    case 'putGroup':
      return putGroup(client, operation.group, operation.displayName, operation.members);
    case 'deleteGroup':
      return deleteGroup(client, operation.group);
    case 'changeGroupsOfUser':
      return changeGroupsOfUser(client, operation.user, operation.op, operation.groups);
    case 'bulk':
      return createInBulk(client, operation);
    case 'rotateKey':
      return rotateKey(client);
  }
}

/** Replaces the SCIM key of a client by another one, as its administrator does. */
async function rotateKey(client: ScimClient): Promise<void> {
  const { domain, scimKey, keyId } = client;
  const path = `/domains/${domain.domainId}/keys`;
  const created = await adminRequest('POST', path, { name: client.name });
  if (created.status !== 201) {
    if (!domain.isDeleted)
      client.around.problems.push(`${client.name}: no new key: ${created.status} ${created.body.detail}`);
    return;
  }
  client.scimKey = created.body.token;
  client.keyId = created.body.key.keyId;
  const { status, attempts } = await adminRequest('DELETE', `${path}/${keyId}`);
  const isGone = status === 204 || (status === 404 && attempts > 1);
  if (isGone) domain.revokedKeys.push(scimKey);
  else if (!domain.isDeleted)
    client.around.problems.push(`${client.name}: the key ${keyId} stays: ${status}`);
}
