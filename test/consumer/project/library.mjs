// What a program does with the library, on a real engine; a caller says how it got hold of it.
import assert from 'node:assert/strict';

/** @param {typeof import('tscompose')} library */
export async function useLibrary({ loadProject, ConfigError, version }) {
  assert.match(version, /^\d+\.\d+\.\d+/);
  await assert.rejects(loadProject('missing.yaml'), ConfigError);
  const project = await loadProject('compose.yaml', { name: `consumer-${process.pid}` });
  try {
    const stack = await project.up();
    const { exitCode, output } = await stack.job('migrate').result;
    assert.deepEqual({ exitCode, output }, { exitCode: 0, output: 'migrated\n' });
    assert.ok((await stack.service('web').endpoint(8080)).port > 0);
    const { stdout } = await stack.service('web').exec(['cat'], { input: 'in and out' });
    assert.equal(stdout, 'in and out');
    assert.deepEqual(
      (await project.plan({ services: ['web'], dependencies: 'without-dependencies' })).steps,
      [],
    );
  } finally {
    await project.down({ stopTimeoutSec: 1 });
    await project.close();
  }
}

/** @param {typeof import('tscompose/compat')} compose */
export async function useCompat(compose) {
  const options = { composeOptions: [['-p', `consumer-compat-${process.pid}`]], config: 'compose.yaml' };
  try {
    await compose.upAll(options);
    const { data } = await compose.ps({ ...options, commandOptions: [['--format', 'json']] });
    assert.deepEqual(
      data.services.map(({ state }) => state),
      ['running'],
    );
    const { out } = await compose.exec('web', ['sh', '-c', 'echo out; echo err >&2'], options);
    assert.equal(out, 'out\n');
    await assert.rejects(compose.exec('web', 'false', options), { name: 'ComposeCommandError', exitCode: 1 });
  } finally {
    await compose.down({ ...options, commandOptions: [['-t', '1']] });
  }
}

/** @param {typeof import('tscompose/testing')} testing */
export async function useTesting({ testEnv, createMemoryEngine }) {
  const environments = [
    {},
    { engine: createMemoryEngine({ images: ['busybox'], program: () => ({ exitCode: 0 }) }) },
  ];
  for (const options of environments) {
    const env = await testEnv('compose.yaml', { services: ['migrate'], ...options });
    assert.equal((await env.job('migrate').result).exitCode, 0);
    await env[Symbol.asyncDispose]();
  }
}

/** Nothing of ours is left that would keep Node alive. */
export function checkNothingIsLeft() {
  // Own streams of the process, and calls to the file system, which end by themselves.
  const harmless = new Set(['TTYWrap', 'PipeWrap', 'FSReqCallback', 'FSReqPromise']);
  const left = process.getActiveResourcesInfo().filter((name) => !harmless.has(name));
  assert.deepEqual(left, []);
  assert.deepEqual(listeners(), listenersBefore);
}

/** How many listeners the process has, by event. */
function listeners() {
  return Object.fromEntries(process.eventNames().map((name) => [name, process.listenerCount(name)]));
}

// Node has some of its own.
const listenersBefore = listeners();
