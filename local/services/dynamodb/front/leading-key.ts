import type { WireRequest, WireValue } from './wire';

/** Returns the value of the partition key `name` of an item or of a query. A scan has none. */
export function leadingKey(request: WireRequest, name: string): WireValue | undefined {
  const { Key, Item, KeyConditions, KeyConditionExpression } = request;
  return (
    Key?.[name] ??
    Item?.[name] ??
    KeyConditions?.[name]?.AttributeValueList?.[0] ??
    (KeyConditionExpression === undefined ? undefined : queried(request, name))
  );
}

/** Returns the value of `<name> = :value` in the key condition of a query. */
function queried(request: WireRequest, name: string): WireValue | undefined {
  const { KeyConditionExpression = '', ExpressionAttributeNames = {} } = request;
  for (const [, left = '', right = ''] of KeyConditionExpression.matchAll(/(#?\w+)\s*=\s*(:\w+)/g)) {
    if ((ExpressionAttributeNames[left] ?? left) === name) return request.ExpressionAttributeValues?.[right];
  }
  return undefined;
}
