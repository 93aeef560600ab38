import { terminalText } from '../../../bin/newcomer/terminal-text';

test('a line that is written again replaces the one before', () => {
  expect(terminalText('Compile … 1 s\r\u001b[2KCompile: 2 s\r\nReady\r\n')).toBe('Compile: 2 s\nReady\n');
});

test('a spinner leaves nothing', () => {
  expect(terminalText('\u001b[1G⠙\u001b[1G\u001b[0K\u001b[1G⠹\u001b[1G\u001b[0Kadded 3 packages\r\n')).toBe(
    'added 3 packages\n',
  );
});

test('a shorter text over a longer one keeps the rest, as a terminal does', () => {
  expect(terminalText('abcdef\rxy')).toBe('xycdef');
});

test('the cursor moves up, and erases what is below', () => {
  expect(terminalText('one\r\ntwo\r\nthree\u001b[2A\r\u001b[2K\u001b[Jnew')).toBe('new');
});

test('colors and the title of the window are left out', () => {
  expect(terminalText('\u001b]0;npm\u0007\u001b[32mok\u001b[39m')).toBe('ok');
});
