import { isDeepStrictEqual } from 'node:util';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../../shared/store/table/table';
import { documentClient } from '../store/document-client';

/** The items of the table by their keys. */
export type TableSnapshot = ReadonlyMap<string, unknown>;

/** Items that count or tell about refused requests, and items that the service writes after a request. */
const NOT_CHANGED_BY_REQUESTS =
  /#(?:REQUEST#|(?:NOTICE|EVENTS|MAIL|MAILBUDGET|WEBHOOK|WEBHOOK-\w+) \/)|^(?:LICENSEKEY|SETUP-ATTEMPTS)#|^WEBHOOKS-PARKED|\/ FLUSHES/;

/** Audit events of refused requests. */
const REFUSALS: readonly unknown[] = ['request.refused', 'token.refused', 'setupLink.codeRefused'];

const isData = (key: string, { action, exactAction = action }: Readonly<Record<string, unknown>>): boolean =>
  !REFUSALS.includes(exactAction) && !NOT_CHANGED_BY_REQUESTS.test(key);

/** Reads all items that only requests change. */
export async function takeSnapshot(table: Table): Promise<TableSnapshot> {
  const client = documentClient(table);
  const items = new Map<string, unknown>();
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table.name, ExclusiveStartKey, ConsistentRead: true }),
    );
    // A wrong code of a setup link counts.
    for (const { lastUsedAt: _, codeAttempts: __, ...item } of page.Items ?? []) {
      const key = `${String(item.pk)} / ${String(item.sk)}`;
      if (isData(key, item)) items.set(key, item);
    }
    ({ LastEvaluatedKey: ExclusiveStartKey } = page);
  } while (ExclusiveStartKey);
  return items;
}

/** Returns a line for each item that differs. */
export function differences(before: TableSnapshot, after: TableSnapshot): string[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys]
    .filter((key) => !isDeepStrictEqual(before.get(key), after.get(key)))
    .map((key) => `${key}: ${text(before.get(key))} → ${text(after.get(key))}`);
}

const text = (item: unknown): string => JSON.stringify(item)?.slice(0, 1_000) ?? 'absent';
