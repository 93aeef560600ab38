import { ENV } from '../env';

/** The limits on the emails of a domain. An operator can set others for one domain. */
export interface MailBudgetLimits {
  /** The time between two emails of a domain to one address, in minutes. */
  readonly minutesPerAddress: number;
  /** The number of emails that a domain may send in an hour of the clock. */
  readonly emailsPerHour: number;
}

export const MAX_MINUTES_PER_ADDRESS = 1_440;
export const MAX_EMAILS_PER_HOUR = 1_000_000;

/** 10,000 emails are more than the first import of most organizations. */
export const DEFAULT_MAIL_BUDGET: MailBudgetLimits = { minutesPerAddress: 10, emailsPerHour: 10_000 };

/** Reads the limits of this deployment from the function's environment. */
export function readMailBudget(): MailBudgetLimits {
  const json = process.env[ENV.mailBudget];
  return json ? (JSON.parse(json) as MailBudgetLimits) : DEFAULT_MAIL_BUDGET;
}
