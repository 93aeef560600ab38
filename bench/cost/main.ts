import { Command, InvalidArgumentError } from 'commander';
import { ConfigError } from '../../lib/config';
import { estimate } from './estimate';
import type { Situation } from './lines/usage-line';
import { operationPrices, pricePerThousandUsers } from './operation-cost';
import { type Bill, costTable, detailTable, dollars, operationTable } from './print-cost';
import { PRICED_REGIONS, type PricedRegion, pricedRegion, PRICES } from './prices';
import { countTemplates } from './template-counts';
import { synthesizeStage } from './templates';
import { entra, IDLE, okta, type Workload } from './workload';

interface Options {
  readonly stage?: string;
  readonly users: readonly number[];
  readonly region?: PricedRegion;
  readonly licenseChecks: number;
  readonly allowances?: boolean;
  readonly details?: boolean;
  readonly operations?: boolean;
}

new Command('cost')
  .description(
    'Estimates what a stage costs in a month, from its templates, measured capacity, and list prices.',
  )
  .option('--stage <name>', 'the stage whose settings apply', process.env.SCIM_STAGE)
  .option('--users <list>', 'numbers of users, separated by commas', wholeNumbers, [1_000, 100_000])
  .option('--region <region>', `the region of the prices: ${PRICED_REGIONS.join(' or ')}`, knownRegion)
  .option('--license-checks <n>', 'license checks of each user in a month', wholeNumber, 20)
  .option('--allowances', 'leave out what AWS gives every account for free each month')
  .option('--details', 'show each quantity, its price, and where it comes from')
  .option('--operations', 'show what a million requests of each kind cost instead, and 1,000 users')
  .action(run)
  .parse();

function run(options: Options): void {
  const { stage, users, region: given, licenseChecks, allowances = false, details, operations } = options;
  const { config, templates } = readStage(stage);
  const counts = countTemplates(templates);
  const ownRegion = config.region ?? process.env.AWS_REGION ?? 'us-east-1';
  const region = given ?? pricedRegion(ownRegion);
  if (operations)
    return printOperations({ counts, auditRetentionDays: config.auditRetentionDays }, region, licenseChecks);
  const workloads: Workload[] = [
    IDLE,
    ...users.flatMap((count) => [
      okta(count, licenseChecks),
      entra(count, 0, licenseChecks),
      entra(count, 1, licenseChecks),
    ]),
  ];
  const bills = workloads.map((workload): Bill => {
    const situation = { counts, workload, auditRetentionDays: config.auditRetentionDays };
    return { workload, lines: estimate(situation, region, { allowances }) };
  });
  console.log(`Stage ${config.stage}, prices of ${region}, US dollars a month\n`);
  console.log(costTable(bills));
  console.log(`\n${notes(region, ownRegion, allowances).join('\n')}`);
  if (!details) return console.log('\n`--details` shows each quantity, its price, and where it comes from.');
  for (const bill of bills) {
    const { name, users: number } = bill.workload;
    console.log(`\n${name}, ${number.toLocaleString('en')} users\n\n${detailTable(bill, region)}`);
  }
}

function printOperations(
  stage: Omit<Situation, 'workload'>,
  region: PricedRegion,
  licenseChecks: number,
): void {
  console.log(`Prices of ${region}, US dollars for a million requests of one kind to the SCIM API\n`);
  console.log(operationTable(operationPrices(stage, region)));
  const loads = [okta(1_000, licenseChecks), entra(1_000, 0, licenseChecks), entra(1_000, 1, licenseChecks)];
  console.log('\n1,000 users a month, above an idle stage, in US dollars\n');
  for (const load of loads)
    console.log(`- ${load.name}: ${dollars(pricePerThousandUsers(stage, load, region))}`);
  console.log(`\n${notes(region, region, false).join('\n')}`);
}

/** Returns the settings and templates of a stage. Ends the command if its settings are invalid. */
function readStage(stage: string | undefined) {
  try {
    return synthesizeStage(stage);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    return process.exit(1);
  }
}

function notes(region: PricedRegion, ownRegion: string, allowances: boolean): string[] {
  const dates = [...PRICES.values()].map(({ date }) => date).sort();
  return [
    'Measured: DynamoDB units (bench/measured-capacity.json; tests measure them again).',
    'Counted in the templates: alarms, dashboards, metrics, secrets, keys, rules, schedules, memory.',
    'Assumed: changes, request sizes, times, log sizes, sessions (bench/cost/assumptions.ts).',
    `Prices: bench/cost/prices.json, the oldest of ${dates[0]}. Compare them with the pages of AWS before you budget.`,
    allowances
      ? 'What AWS gives every account for free each month is left out. Other stages of the account use it too.'
      : 'What AWS gives every account for free each month is included: use --allowances to leave it out.',
    ...(region === ownRegion ? [] : [`The stage is in ${ownRegion}. The prices are those of ${region}.`]),
  ];
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || text.trim() === '')
    throw new InvalidArgumentError('Expected a whole number, such as 1000.');
  return number;
}

function wholeNumbers(text: string): number[] {
  const numbers = text.split(',').map(wholeNumber);
  if (numbers.includes(0)) throw new InvalidArgumentError('Expected numbers above 0, such as 1000,100000.');
  return numbers;
}

function knownRegion(text: string): PricedRegion {
  const region = PRICED_REGIONS.find((each) => each === text);
  if (!region) throw new InvalidArgumentError(`Expected ${PRICED_REGIONS.join(' or ')}.`);
  return region;
}
