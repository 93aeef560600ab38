import { StepProgress } from '../../../local/host/step-progress';

let printed: string;
let now: number;

beforeEach(() => {
  jest.useFakeTimers();
  printed = '';
  now = 0;
});
afterEach(() => {
  jest.useRealTimers();
});

const progressTo = (isTTY: boolean) =>
  new StepProgress({ isTTY, write: (text) => (printed += text) }, () => now);

function pass(seconds: number): void {
  for (let second = 0; second < seconds; second++) {
    now += 1_000;
    jest.advanceTimersByTime(1_000);
  }
}

/**
 * Returns what a terminal shows: a carriage return with the code that clears the line begins the line again.
 */
const shown = (): string[] => printed.split('\n').map((line) => line.split('\r\u001b[2K').at(-1) ?? '');

it('in a terminal, the line of the step shows how long it takes and how far it is, and then its time', () => {
  const progress = progressTo(true);
  progress.step('Synthesizing');
  expect(shown()).toEqual(['Synthesizing …']);
  progress.detail('3 of 12 bundles');
  pass(2);
  expect(shown()).toEqual(['Synthesizing … 2 s, 3 of 12 bundles']);
  progress.step('Starting');
  expect(shown()).toEqual(['Synthesizing: 2 s', 'Starting …']);
  progress.end();
  expect(shown()).toEqual(['Synthesizing: 2 s', 'Starting: 0 s', '']);
});

it('in a log, a step that goes on adds a line every ten seconds', () => {
  const progress = progressTo(false);
  progress.step('Synthesizing');
  pass(9);
  progress.detail('3 of 12 bundles');
  pass(12);
  progress.step('Starting');
  progress.end();
  expect(printed).toBe(
    'Synthesizing …\n  10 s, 3 of 12 bundles\n  20 s, 3 of 12 bundles\n  done in 21 s\nStarting …\n',
  );
});

it('nothing is printed after the end, and a failed step has no end', () => {
  const progress = progressTo(false);
  progress.step('Synthesizing');
  pass(3);
  progress.stop();
  progress.step('Starting');
  pass(30);
  progress.end();
  expect(printed).toBe('Synthesizing …\n');
});
