import { isDeepStrictEqual } from 'node:util';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { retry } from '../../../retry/retry';
import { isTransientError, isUncertain } from '../../../retry/transient-error';
import { type AttributeValues, fromAttributeValues } from '../attribute-value';
import type { Changes } from '../expressions';
import { readable } from '../item-version';
import type { Item } from '../read-item';

/** The result of a write of one item. */
export interface WriteOutcome {
  /** False if the condition failed. */
  readonly written: boolean;
  /** The item, if `returnItem` asked for it and it exists. */
  readonly item?: Item;
}

/** The item that a write of one item would leave behind, and whether it may be sent twice. */
export interface Repetition {
  /** True if a second execution of the write changes nothing, or fails its condition. */
  readonly isRepeatable: boolean;
  /** Returns whether the item is as this write leaves it. */
  readonly isDone: (item: Item | undefined) => boolean;
}

/**
 * Sends a write of one item until its outcome is known. If an attempt was carried out but its response was
 * lost, the condition of the next attempt fails; the write then recognizes its own item. A write that is not
 * repeatable is only sent again if it was refused.
 */
export function sendWrite(
  send: () => Promise<{ Attributes?: AttributeValues }>,
  { isRepeatable, isDone }: Repetition,
  deadline: number | undefined,
): Promise<WriteOutcome> {
  let mayBeWritten = false;
  const attempt = async (): Promise<WriteOutcome> => {
    try {
      const { Attributes } = await send();
      return { written: true, item: Attributes && readable(fromAttributeValues(Attributes)) };
    } catch (error) {
      mayBeWritten ||= isUncertain(error);
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const stored = error.Item && fromAttributeValues(error.Item);
      const item = stored && readable(stored);
      return { written: mayBeWritten && isDone(stored), item };
    }
  };
  const isRetryable = (error: unknown) => isTransientError(error) && (isRepeatable || !isUncertain(error));
  return retry(attempt, { deadline, isRetryable });
}

/** Returns whether a second execution of an update changes nothing: only sums of numbers grow. */
export const isRepeatable = ({ add = {} }: Changes): boolean =>
  Object.values(add).every((value) => typeof value !== 'number');

/** Returns whether `item` has the attributes that an update sets, and lacks those that it removes. */
export const hasChanges = (item: Item | undefined, { set = {}, remove = [] }: Changes): boolean =>
  item !== undefined &&
  Object.entries(set).every(([name, value]) => value === undefined || isSame(item[name], value)) &&
  remove.every((name) => item[name] === undefined);

/** Compares as the table stores it: without undefined values. */
export const isSame = (stored: unknown, value: unknown): boolean =>
  isDeepStrictEqual(stored, withoutUndefined(value));

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null || value instanceof Set) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, withoutUndefined(member)]),
  );
}
