import { ExportProgress } from '../../../bin/cli/export-progress';
import type { Terminal } from '../../../bin/cli/terminal';

function terminalWith(parts: Partial<Terminal>) {
  const printed: string[] = [];
  let now = 0;
  const terminal = {
    err: (text: string) => void printed.push(text),
    now: () => new Date(now),
    ...parts,
  } as Terminal;
  return { terminal, printed, pass: (seconds: number) => (now += seconds * 1_000) };
}

it('in a terminal, one line shows the rows and the time', () => {
  const shown: string[] = [];
  const { terminal, printed, pass } = terminalWith({ status: (text) => void shown.push(text) });
  const progress = new ExportProgress(terminal, 'events');
  pass(2);
  progress.add(5_000);
  pass(1);
  progress.add(1);
  progress.end();
  expect(shown).toEqual(['5,000 events, 2 s', '5,001 events, 3 s', '']);
  expect(printed).toEqual([]);
});

it('a log gets a line every ten seconds', () => {
  const { terminal, printed, pass } = terminalWith({});
  const progress = new ExportProgress(terminal, 'events');
  progress.add(1);
  pass(11);
  progress.add(1);
  pass(2);
  progress.add(1);
  progress.end();
  expect(printed).toEqual(['2 events, 11 s\n']);
});

it('a list that is printed at the end has progress on the screen, too', () => {
  const shown: string[] = [];
  const { terminal } = terminalWith({ width: 80, status: (text) => void shown.push(text) });
  const progress = new ExportProgress(terminal, 'users', false);
  progress.add(100);
  progress.end();
  expect(shown).toEqual(['100 users, 0 s', '']);
});

it('an export to the screen has no progress', () => {
  const { terminal, printed, pass } = terminalWith({ width: 80, status: (text) => void printed.push(text) });
  const progress = new ExportProgress(terminal, 'events');
  pass(20);
  progress.add(1);
  progress.end();
  expect(printed).toEqual([]);
});
