import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { EngineError } from '../../../../../../problems/errors.js';
import type { Agents } from './ssh-methods.js';

/**
 * The agents that a build may use. A path leads to the socket of one, or to private keys (several with commas between);
 * an empty one means the agent of this person, at `ownSocket`. Throws EngineError `bad-request` with the key of the
 * file for what is not there.
 */
export async function openAgents(
  wanted: ReadonlyMap<string, string>,
  ownSocket: string | undefined,
): Promise<Agents> {
  const agents = new Map<string, () => Promise<Duplex>>();
  for (const [id, path] of wanted) agents.set(id, await agentOf(id, path, ownSocket));
  return agents;
}

async function agentOf(
  id: string,
  path: string,
  ownSocket: string | undefined,
): Promise<() => Promise<Duplex>> {
  if (path === '') {
    if (ownSocket === undefined) {
      throw refusal(id, 'no ssh agent runs here: SSH_AUTH_SOCK is not set', {
        hint: `start one with \`eval $(ssh-agent)\`, or name a key: ssh: ["${id}=/path/of/key"]`,
      });
    }
    return openSocket(id, ownSocket);
  }
  const found = await stat(path).catch(() => undefined);
  if (found?.isSocket()) return openSocket(id, path);
  const { keyAgent } = await import('./key-agent.js');
  const paths = found === undefined ? path.split(',') : [path];
  return keyAgent(paths, (problem, details) => refusal(id, problem, details));
}

function openSocket(id: string, path: string): () => Promise<Duplex> {
  return async () => {
    const socket = connect({ path, allowHalfOpen: true });
    try {
      await once(socket, 'connect');
      return socket;
    } catch (cause) {
      throw refusal(id, `the ssh agent at ${path} does not answer`, { cause });
    }
  };
}

function refusal(
  id: string,
  problem: string,
  details: { readonly hint?: string; readonly cause?: unknown } = {},
): EngineError {
  return new EngineError('bad-request', `cannot forward ssh "${id}" to the build: ${problem}`, {
    operation: 'forward ssh',
    serviceKey: 'build.ssh',
    ...details,
  });
}
