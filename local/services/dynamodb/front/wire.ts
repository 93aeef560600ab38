/** A value in DynamoDB's wire format, for example `{ S: 'text' }`. */
export type WireValue = Readonly<Record<string, unknown>>;
export type WireItem = Readonly<Record<string, WireValue>>;

/** The parts of requests that decide which permissions they need. */
export interface WireRequest {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly Key?: WireItem;
  readonly Item?: WireItem;
  readonly KeyConditions?: Readonly<Record<string, { readonly AttributeValueList?: readonly WireValue[] }>>;
  readonly KeyConditionExpression?: string;
  readonly ConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly UpdateExpression?: string;
  readonly AttributesToGet?: readonly string[];
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: WireItem;
  readonly ReturnValues?: string;
  readonly Select?: string;
}

/** Returns the text of a key value: a string, a number, or binary data in base64. */
export function keyText(value: WireValue | undefined): string | undefined {
  const text = value?.S ?? value?.N ?? value?.B;
  return typeof text === 'string' ? text : undefined;
}
