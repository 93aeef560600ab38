import { legacyNameKeyOf } from '../../../shared/scim/text/name-key';
import { NAME_ATTRIBUTE, nameOf, readResourceItem } from '../../../shared/store/resources/resource-record';
import { claimKey, licenseRecordKey, resourceKey, type ResourceKind } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import type { Write } from '../../../shared/store/table/write';

/**
 * Gives a stored resource a name as the previous version wrote it: the item and the claim have the lowercase
 * name as their key. The previous version let names coexist that have one key now.
 */
export async function giveLegacyName(
  table: Table,
  domainId: string,
  kind: ResourceKind,
  id: string,
  name: string,
): Promise<void> {
  const key = resourceKey(domainId, kind, id);
  const item = await table.get(key);
  if (!item) throw new Error(`There is no ${kind} ${id}.`);
  const { nameKey = '', attributes } = readResourceItem(item);
  const legacyKey = legacyNameKeyOf(name);
  const { externalId: _, ...data } = { ...attributes, [NAME_ATTRIBUTE[kind]]: name };
  const licenseKey = licenseRecordKey(domainId, id);
  const license = kind === 'USER' && (await table.get(licenseKey));
  const writes: Write[] = [
    { update: key, set: { data, nameKey: legacyKey } },
    { put: { ...claimKey(domainId, kind, legacyKey), ownerId: id } },
    ...(nameKey === legacyKey ? [] : [{ delete: claimKey(domainId, kind, nameKey) }]),
    ...(license ? [{ update: licenseKey, set: { userName: nameOf(kind, data) } }] : []),
  ];
  await table.transact(writes);
}
