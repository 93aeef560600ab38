import * as z from 'zod';
import file from './prices.json';

export const PRICED_REGIONS = ['us-east-1', 'eu-central-1'] as const;
export type PricedRegion = (typeof PRICED_REGIONS)[number];

const Price = z.strictObject({
  id: z.string(),
  /** The component of the deployment that pays this price. */
  component: z.string(),
  unit: z.string(),
  /** The number of units that the price buys. */
  per: z.number().positive(),
  /** US dollars. */
  prices: z.strictObject({ 'us-east-1': z.number().nonnegative(), 'eu-central-1': z.number().nonnegative() }),
  /** The date of the price list. */
  date: z.iso.date(),
  /** The page of AWS that states the price. */
  source: z.string(),
  /** The quantity that every account gets free of charge each month, also after its first year. */
  freePerMonth: z.number().positive().optional(),
});

export type Price = z.infer<typeof Price>;

/** The list prices without volume discounts, by their ids. */
export const PRICES: ReadonlyMap<string, Price> = new Map(
  z
    .strictObject({ currency: z.literal('USD'), prices: z.array(Price) })
    .parse(file)
    .prices.map((price) => [price.id, price]),
);

export function priceOf(id: string): Price {
  const price = PRICES.get(id);
  if (!price) throw new Error(`bench/cost/prices.json has no price ${id}.`);
  return price;
}

/** Returns the region whose prices apply: the region itself, or the priced one of the same continent. */
export function pricedRegion(region: string): PricedRegion {
  const priced = PRICED_REGIONS.find((each) => each === region);
  return priced ?? (region.startsWith('eu-') ? 'eu-central-1' : 'us-east-1');
}
