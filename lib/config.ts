import * as z from 'zod';
import { DEFAULT_RATE_PLANS } from '../shared/rate-plan';

/** `-c key=value` gives text only: what is not text is read as JSON. */
const json = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  }, schema);

const count = z.int({ error: 'a whole number above 0' }).positive({ error: 'a whole number above 0' });
const rateLimit = z.strictObject({ perMinute: count, perTenSeconds: count }).nullable().optional();
const address = z.email({ error: 'a mail address' });

const CONTEXT = z.strictObject({
  mailSender: address.default('licenses@example.com'),
  productName: z.string().min(1).default('Example Product'),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .default('#0b5cab'),
  supportAddress: address.default('support@example.com'),
  domainName: z.hostname().optional(),
  certificateArn: z.string().optional(),
  removalPolicy: z.enum(['retain', 'destroy']).default('retain'),
  ratePlans: json(
    z.strictObject({ standard: rateLimit, gallery: rateLimit, unmetered: rateLimit }).default({}),
  ),
  auditRetentionDays: json(count.default(365)),
  alarmTopicArn: z.string().optional(),
  alarmEmail: address.optional(),
  apiGatewayAccountRole: json(z.boolean().default(true)),
});

export class ConfigError extends Error {}

export type Config = ReturnType<typeof readConfig>;

export function readConfig(context: Readonly<Record<string, unknown>>) {
  const own = Object.fromEntries(Object.entries(context).filter(([key]) => /^\w+$/.test(key)));
  const values = CONTEXT.parse(own);
  const { mailSender, productName, colour, supportAddress, domainName, certificateArn, ...rest } = values;
  return {
    ...rest,
    ratePlans: { ...DEFAULT_RATE_PLANS, ...rest.ratePlans },
    mail: { sender: mailSender, productName, colour, supportAddress },
    customDomain: domainName && certificateArn ? { domainName, certificateArn } : undefined,
  };
}
