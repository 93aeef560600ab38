import { Option } from 'commander';

/** The cloud assembly of a rehearsal that synthesizes one if none is given. */
export const optionalAssembly = (): Option =>
  new Option('--assembly <directory>', 'directory of a cloud assembly (default: synthesizes a new one)');

/** The cloud assembly of a rehearsal that needs one. */
export const requiredAssembly = (): Option =>
  new Option('--assembly <directory>', 'directory of a cloud assembly (npm run synth)').default('cdk.out');

/** The directory of the data and logs of a rehearsal. */
export const keptState = (): Option =>
  new Option('--state <directory>', 'directory of the data and logs, which then stay');

/** The share of the calls to AWS at which a fault is injected. */
export const shareOfFaults = (): Option =>
  new Option('--faults <share>', 'the share of calls that fail').default('0.1');
