import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import list from '../../../bench/cost/prices.json';

const DEFAULT_REGION = 'us-east-1';

type PriceId =
  | 'dynamodb.read'
  | 'dynamodb.write'
  | 'lambda.compute'
  | 'lambda.requests'
  | 'api.requests'
  | 'ses.emails'
  | 'logs.ingestion';

/** Returns the price of one unit in US dollars, in the region of the construct if its prices are known. */
export function priceOf(scope: Construct, id: PriceId): number {
  const { prices, per } = list.prices.find((price) => price.id === id) ?? { prices: {}, per: 1 };
  const byRegion: Readonly<Record<string, number | undefined>> = prices;
  const price = byRegion[Stack.of(scope).region] ?? byRegion[DEFAULT_REGION];
  if (price === undefined) throw new Error(`bench/cost/prices.json has no price of ${id}.`);
  return price / per;
}

/**
 * The bytes of the lines that one invocation and one request write into logs, as measured in a run on one
 * machine.
 */
export const LOG_BYTES = { invocation: 700, request: 700 } as const;
