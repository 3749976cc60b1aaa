import { expect } from 'vitest';
import { type Stack, scenario } from '../../support/scenario.js';

/** Counts on over its restarts. */
const counting = `
services:
  web:
    image: "busybox:latest"
    init: true
    network_mode: none
    command:
      - sh
      - -c
      - n=$$(cat /n || echo 0); for i in 1 2 3 4 5 6 7 8 9 10; do n=$$((n+1)); echo $$n >/n; echo line $$n; done; exec sleep 600
`;

scenario(
  'logs -f shows each line over fifty restarts, none twice',
  async (stack) => {
    await stack.compose(counting);
    await stack.up();
    const { id } = await stack.container('web-1');
    const logs = stack.start(['logs', '-f', '--no-log-prefix']);
    await logs.says('line 1\n');
    for (let restarts = 0; restarts < 50; restarts++) {
      await stack.engine.lifecycle.restart(id, { timeoutSec: 0 });
    }
    await stack.engine.killContainer(id, 'SIGKILL');
    const { stdout } = await logs.outcome;
    expect(linesOf(stdout)).toEqual(linesOf(await ownLog(stack, id)));
  },
  { limitMs: 180_000 },
);

scenario('logs -f goes on with what is recreated and what is scaled up and down', async (stack) => {
  const file = (word: string) => `
services:
  web:
    image: "busybox:latest"
    init: true
    command: sh -c 'echo "${word} from $$HOSTNAME"; exec sleep 600'
    environment: { WORD: ${word} }
`;
  await stack.compose(file('first'));
  await stack.up();
  const logs = stack.start(['logs', '-f', '--tail', '1']);
  await logs.says('| first');
  await stack.compose(file('second'));
  await stack.up();
  await logs.says('web-1  | second');
  await stack.up('--scale', 'web=2');
  await logs.says('web-2  | second');
  await stack.up('--scale', 'web=1');
  await logs.says('web-2 exited');
  await stack.must('down');
  const { exitCode, stdout } = await logs.outcome;
  const heard = stdout.split('\n').map((line) => line.replace(/ from .*/, ''));
  expect({ exitCode, heard: heard.filter((line) => line.includes('|')) }).toEqual({
    exitCode: 0,
    heard: ['web-1  | first', 'web-1  | second', 'web-2  | second'],
  });
});

scenario('logs --format json tells service, replica, stream, time and line', async (stack) => {
  await stack.compose(`
services:
  job: { image: "busybox:latest", command: sh -c 'echo out; echo err >&2' }
`);
  await stack.up();
  await stack.eventually('the end of the job', async (all) => all.some(({ state }) => state === 'exited'));
  const documents = (await stack.must('logs', '--format', 'json'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { line: string });
  expect(documents.sort((a, b) => (a.line < b.line ? -1 : 1))).toEqual([
    { service: 'job', replica: 1, stream: 'stderr', time: expect.stringMatching(/^\d{4}-.*Z$/), line: 'err' },
    { service: 'job', replica: 1, stream: 'stdout', time: expect.stringMatching(/^\d{4}-.*Z$/), line: 'out' },
  ]);
});

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('line'));
}

async function ownLog(stack: Stack, id: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const { data } of stack.engine.readLogs(id, { follow: false, timestamps: false })) {
    chunks.push(data);
  }
  return Buffer.concat(chunks).toString('utf8');
}
