import { describe, expect, test } from 'vitest';
import { LogPrinter, type LogPrinterOptions, shortContainerName } from '../../../src/report/log-printer.js';

function printer(more: Partial<LogPrinterOptions> = {}) {
  const written: string[] = [];
  const options = {
    writeOut: (text: string) => written.push(`out ${text}`),
    writeErr: (text: string) => written.push(`err ${text}`),
    prefix: 'with-prefix',
    colors: undefined,
    ...more,
  } as const;
  return { written, log: new LogPrinter(options) };
}

describe('a log line', () => {
  test('stands behind the name of its container, aligned with the longest one known', () => {
    const { log, written } = printer();
    log.register('worker-1', 'worker');
    log.print('web-1', 'stdout', ['hello']);
    log.print('worker-1', 'stderr', ['oh']);
    expect(written).toEqual(['out web-1     | hello\n', 'err worker-1  | oh\n']);
  });

  test('has the prefix of its own when several come together', () => {
    const { log, written } = printer();
    log.print('web-1', 'stdout', ['a', '', 'b']);
    expect(written).toEqual(['out web-1  | a\nweb-1  | \nweb-1  | b\n']);
  });

  test('stands alone without a prefix', () => {
    const { log, written } = printer({ prefix: 'without-prefix' });
    log.print('web-1', 'stdout', ['hello']);
    expect(written).toEqual(['out hello\n']);
  });

  test('has a prefix in the colour of its service, whichever services are shown', () => {
    const { log, written } = printer({ colors: [(text) => `<1>${text}</1>`, (text) => `<2>${text}</2>`] });
    log.announce(['web', 'db']);
    for (const name of ['web-1', 'web-2']) log.register(name, 'web');
    log.print('web-1', 'stdout', ['x']);
    log.print('web-2', 'stdout', ['y']);
    log.print('other', 'stdout', ['z']);
    log.printStatus('web-2', 'exited with code 0');
    expect(written).toEqual([
      'out <2>web-1  | </2>x\n',
      'out <2>web-2  | </2>y\n',
      'out <1>other  | </1>z\n',
      'out <2>web-2</2> exited with code 0\n',
    ]);
  });
});

test('a line about a container has no bar', () => {
  const { log, written } = printer();
  log.printStatus('web-1', 'exited with code 0');
  expect(written).toEqual(['out web-1 exited with code 0\n']);
});

test.each([
  ['app-web-1', 'web-1'],
  ['my-own-name', 'my-own-name'],
  ['app-webby-1', 'app-webby-1'],
])('%s is shown as %s', (name, short) => {
  expect(shortContainerName(name, 'app', 'web')).toBe(short);
});
