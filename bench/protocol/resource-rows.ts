import { Messages } from 'scimmy';
import { scimPatch, type ScimPatchOperation, type ScimResource } from 'scim-patch';
import { readResource } from '../../shared/scim/input/read-resource';
import { project } from '../../shared/scim/output/projection';
import { applyPatch } from '../../shared/scim/patch/apply';
import { parsePatch } from '../../shared/scim/patch/parse';
import type { Resource } from '../../shared/scim/resource';
import { groupResourceType } from '../../shared/scim/resource-type';
import { GROUP_SCHEMA, PATCH_OP } from '../../shared/scim/urns';
import { PeerGroup, PeerUser } from './peers';
import type { ProtocolRow } from './row';
import { sentUser, storedUser } from './users';
import { validationFloor } from './validation-floor';
import { userResourceType } from '../../shared/product/product';

const SENT = sentUser(7);
const STORED = storedUser(7) as Resource;
/** The attributes of the user that the store keeps. */
const KEPT = readResource(userResourceType, SENT);

/** Returns a change as Entra ID sends it, with three operations for each number. */
const operations = (times: number): ScimPatchOperation[] =>
  Array.from({ length: times }, (_, number): ScimPatchOperation[] => [
    { op: 'replace', path: 'displayName', value: `Another Name ${number}` },
    { op: 'replace', path: 'name.familyName', value: `Another ${number}` },
    { op: 'replace', path: 'emails[type eq "work"].value', value: `another.${number}@example.com` },
  ]).flat();

/** PATCH of a user. The service reads the message, and validates what it changes. */
export const PATCH_ROWS: readonly ProtocolRow[] = [1, 10, 100].map((times) => {
  const sent = operations(times);
  const message = { schemas: [PATCH_OP], Operations: sent };
  const patch = new Messages.PatchOp(message as never);
  return {
    group: 'patch',
    name: `PATCH of ${sent.length} operations`,
    size: sent.length,
    floor: validationFloor(KEPT, ['displayName', 'name', 'emails']),
    run: () => applyPatch(userResourceType, KEPT, parsePatch(message)),
    peers: [
      {
        name: 'scim-patch',
        run: () => scimPatch(STORED as unknown as ScimResource, sent, { mutateDocument: false }),
        note: 'validates nothing',
      },
      { name: 'scimmy', run: () => patch.apply(new PeerUser(STORED, 'in')) },
    ],
  };
});

/** Reading and validating a user, and showing one. */
export const RESOURCE_ROWS: readonly ProtocolRow[] = [
  {
    group: 'resource',
    name: 'read and validate a user',
    size: 1,
    run: () => readResource(userResourceType, SENT),
    peers: [{ name: 'scimmy', run: () => new PeerUser(SENT, 'in') }],
  },
  {
    group: 'resource',
    name: 'show a user',
    size: 1,
    run: () => project(userResourceType, STORED, {}),
    peers: [{ name: 'scimmy', run: () => new PeerUser(STORED, 'out') }],
  },
];

/** Reading a group. */
export const MEMBER_ROWS: readonly ProtocolRow[] = [1_000, 50_000].map((size) => {
  const members = Array.from({ length: size }, (_, index) => ({
    value: `user-${index}`,
    display: `User ${index}`,
  }));
  const group = { schemas: [GROUP_SCHEMA], displayName: 'Everyone', members };
  return {
    group: 'members',
    name: `read a group of ${size.toLocaleString('en')} members`,
    size,
    run: () => readResource(groupResourceType, group),
    peers: [{ name: 'scimmy', run: () => new PeerGroup(group, 'in') }],
  };
});
