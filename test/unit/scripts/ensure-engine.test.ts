import { expect, test } from 'vitest';
import { ensureEngine } from '../../../scripts/setup/ensure-engine.mjs';

type Answer = 'answers' | 'absent' | 'forbidden' | 'silent' | 'unsupported';

interface Facts {
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly installed?: readonly string[];
  readonly isRoot?: boolean;
  readonly isDebianLike?: boolean;
}

const usual = { url: 'unix:///var/run/docker.sock', source: 'Docker' };
const podman = { url: 'unix:///run/podman/podman.sock', source: 'Podman' };
const chosen = { url: 'tcp://build-server:2375', source: 'DOCKER_HOST' };

/** A machine where nothing answers and nothing is installed, but for what the facts say; records what is done to it. */
function machine(facts: Facts, addresses = [usual, podman]) {
  const done: string[] = [];
  const act = (what: string) => async () => {
    done.push(what);
    return usual;
  };
  return {
    done,
    platform: 'linux',
    isRoot: facts.isRoot ?? true,
    isDebianLike: facts.isDebianLike ?? true,
    hasSystemd: false,
    addresses,
    ping: async ({ url }: { url: string }) => facts.answers?.[url] ?? 'absent',
    hasProgram: (name: string) => facts.installed?.includes(name) ?? false,
    installEngine: act('install'),
    startEngine: act('start'),
    note: () => {},
  };
}

async function outcome(given: ReturnType<typeof machine>) {
  const result = await ensureEngine(given).catch((error: Error) => error.message.split('\n')[0]);
  return { result, done: given.done };
}

test('the first address that answers is used, and nothing is done to the machine', async () => {
  const given = machine({
    answers: { [usual.url]: 'silent', [podman.url]: 'answers' },
    installed: ['dockerd'],
  });
  expect(await outcome(given)).toEqual({ result: { address: podman, how: 'found' }, done: [] });
});

test('an engine that the person chose comes before one that also answers', async () => {
  const given = machine({ answers: { [chosen.url]: 'answers', [usual.url]: 'answers' } }, [chosen, usual]);
  expect(await outcome(given)).toEqual({ result: { address: chosen, how: 'found' }, done: [] });
});

test('an engine that is installed, but does not run, is started', async () => {
  const given = machine({ installed: ['dockerd'] });
  expect(await outcome(given)).toEqual({ result: { address: usual, how: 'started' }, done: ['start'] });
});

test('root on a Debian-like system gets an engine installed and started', async () => {
  expect(await outcome(machine({}))).toEqual({
    result: { address: usual, how: 'installed' },
    done: ['install', 'start'],
  });
});

test('an engine that this user may not use is neither replaced nor started again', async () => {
  const given = machine({ answers: { [usual.url]: 'forbidden' }, installed: ['dockerd'], isRoot: false });
  expect(await outcome(given)).toEqual({
    result: 'An engine is at unix:///var/run/docker.sock, but this user may not use it.',
    done: [],
  });
});

test('only root starts an engine', async () => {
  const given = machine({ installed: ['dockerd'], isRoot: false });
  expect(await outcome(given)).toEqual({
    result: 'Docker is installed, but it does not run, and only root can start it.',
    done: [],
  });
});

test('nothing is installed without being root, or on a system without apt', async () => {
  const asUser = await outcome(machine({ isRoot: false }));
  const elsewhere = await outcome(machine({ isDebianLike: false }));
  const refusal = { result: 'No container engine answers, and none is installed.', done: [] };
  expect([asUser, elsewhere]).toEqual([refusal, refusal]);
});

test('the refusal names what was tried and what to install', async () => {
  const given = machine({ isRoot: false }, [chosen, usual, podman]);
  const message = await ensureEngine(given).catch((error: Error) => error.message);
  expect(message).toBe(
    [
      'No container engine answers, and none is installed.',
      '  Tried:',
      '    tcp://build-server:2375 (DOCKER_HOST): no engine there',
      '    the usual addresses of Docker, Podman: no engine there',
      '  Install it:  sudo apt-get install docker.io   (as root, this command does that by itself)',
    ].join('\n'),
  );
});
