/** All test files share one system and the processors of one machine: a test waits for what the others keep busy. */
jest.setTimeout(60_000);
